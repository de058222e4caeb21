package io.shardgrid.node.network;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A network in user space, on loopback addresses: nodes announce addresses on which this process
 * listens, and it passes on what comes to those on which they listen. It knows by the address that
 * a connection comes from which node has opened it. Cut off, a connection stands still.
 *
 * <p>For machines on which {@link Namespaces} may not be had, and for what these cannot do.
 * Thread-safe.
 */
public final class Relay implements BreakableNetwork {

  private static final int PORTS = 4;
  private static final int PEER_OFFSET = 2;
  private static final int NETS = 120;
  private static final int FIRST_PORT = 20_000;
  private static final int PORT_STEPS = 1_000;
  private static final int TRIES = 20;
  private static final int CLOSE_SECONDS_MAX = 5;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final List<Channel> listeners = new ArrayList<>();
  private final Condition condition = new Condition();
  private final String announced;
  private final String bound;
  private final int basePort;

  private Relay(int net, int basePort) {
    this.announced = "127." + net + ".1.";
    this.bound = "127." + net + ".2.";
    this.basePort = basePort;
  }

  /** Finds addresses and ports that nobody uses. */
  public static Relay open() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    for (int i = 0; i < TRIES; i++) {
      Relay relay =
          new Relay(random.nextInt(1, NETS), FIRST_PORT + PORTS * random.nextInt(PORT_STEPS));
      if (relay.isFree()) {
        return relay;
      }
      relay.close();
    }
    throw new CommandException(ExitCode.FAILED, "No free ports for a relay were found");
  }

  private boolean isFree() {
    for (int offset = 0; offset < PORTS; offset++) {
      try (ServerSocket probe = new ServerSocket()) {
        probe.bind(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), basePort + offset));
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }

  @Override
  public List<String> prefix(String node) {
    return List.of();
  }

  @Override
  public synchronized List<String> options(String node) {
    int number = number(node);
    return BreakableNetwork.at(announced + number, bound + number, basePort);
  }

  @Override
  public String title() {
    return "a relay in user space";
  }

  @Override
  public void cut(String one, String other, Scope scope) {
    condition.cut(one, other, scope);
  }

  @Override
  public void mend() {
    condition.mend();
  }

  /** From now on everything that a node sends to others, and they to it, comes so much later. */
  public void slow(String node, Duration delay) {
    condition.slow(node, delay);
  }

  /**
   * Flips one bit of the next runs of this byte that nodes send each other.
   *
   * @param times how many runs are to be damaged
   */
  public void damage(byte fill, int times) {
    condition.damage(fill, times);
  }

  /** How many bits were flipped. */
  public int damaged() {
    return condition.damaged();
  }

  private int number(String node) {
    Integer known = numbers.get(node);
    if (known != null) {
      return known;
    }
    int number = numbers.size() + 1;
    numbers.put(node, number);
    for (int offset = 0; offset < PORTS; offset++) {
      listen(node, number, offset);
    }
    return number;
  }

  private void listen(String node, int number, int offset) {
    int port = basePort + offset;
    InetSocketAddress target = new InetSocketAddress(bound + number, port);
    ChannelFuture listening =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel accepted) {
                    accept(accepted, node, target, offset == PEER_OFFSET);
                  }
                })
            .bind(announced + number, port)
            .awaitUninterruptibly();
    if (!listening.isSuccess()) {
      throw new CommandException(
          ExitCode.FAILED,
          "The relay cannot listen: " + announced + number + ":" + port,
          listening.cause());
    }
    listeners.add(listening.channel());
  }

  private void accept(Channel accepted, String node, InetSocketAddress target, boolean isPeer) {
    String from = nodeAt(((InetSocketAddress) accepted.remoteAddress()).getHostString());
    Pipe pipe = new Pipe(condition, from, node, isPeer);
    Bootstrap bootstrap =
        new Bootstrap()
            .group(accepted.eventLoop())
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.AUTO_READ, false);
    pipe.open(accepted, bootstrap, target);
  }

  /** The node that connects from this address; empty for anybody else. */
  private synchronized String nodeAt(String host) {
    return numbers.entrySet().stream()
        .filter(entry -> host.equals(bound + entry.getValue()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }

  @Override
  public synchronized void close() {
    listeners.forEach(Channel::close);
    loops
        .shutdownGracefully(0, CLOSE_SECONDS_MAX, TimeUnit.SECONDS)
        .awaitUninterruptibly(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
  }
}
