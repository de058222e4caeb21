package io.shardgrid.client;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.shardgrid.key.NodeId;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerCodec;
import io.shardgrid.wire.MapNames;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.OperationCodec;
import io.shardgrid.wire.TopologyCodec;
import io.shardgrid.wire.WireReader;
import io.shardgrid.wire.WireWriter;
import io.shardgrid.wire.resp.RespLimits;
import io.shardgrid.wire.resp.RespRequestDecoder;
import io.shardgrid.wire.resp.RespVersion;
import io.shardgrid.wire.resp.RespWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One node of a {@link ScriptedGrid}: a server that speaks the protocol, or what a test wants. */
final class ScriptedNode implements AutoCloseable {

  /** How a node treats its clients. */
  enum Manner {
    /** As agreed. */
    ORDINARY,
    /** Reads everything and says nothing more. */
    SILENT,
    /** Carries operations out and says nothing about them. */
    DISCREET,
    /** Answers operations with bytes that are no RESP. */
    GARBAGE,
    /** Answers operations with the answers of another client. */
    CONFUSED,
    /** Lets nobody in but the user alice with {@link #password}. */
    STRICT,
    /** A Redis server. */
    REDIS,
    /** Speaks another version of the wire format. */
    NEWER
  }

  private static final RespLimits LIMITS = new RespLimits(1024, 1 << 28, 1 << 16, 1 << 28);

  final AtomicInteger accepted = new AtomicInteger();
  final AtomicInteger commands = new AtomicInteger();
  final AtomicInteger pings = new AtomicInteger();
  final AtomicLong cutAfter = new AtomicLong(Long.MAX_VALUE);
  volatile Manner manner = Manner.ORDINARY;
  volatile String password = "";

  private final ScriptedGrid grid;
  private final NodeId id;
  private final AtomicLong operations = new AtomicLong();
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private volatile @Nullable Channel server;
  private volatile int port;

  ScriptedNode(ScriptedGrid grid, NodeId id, int port) {
    this.grid = grid;
    this.id = id;
    this.port = port;
  }

  NodeId id() {
    return id;
  }

  int port() {
    return port;
  }

  /** Operations that have arrived, repeats too. */
  long operations() {
    return operations.get();
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** Listens, on the same port as before if there was one. */
  void start() {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel client) {
                    accepted.incrementAndGet();
                    clients.add(client);
                    client.pipeline().addLast(new Session());
                  }
                });
    ChannelFuture bound = bootstrap.bind("127.0.0.1", port).awaitUninterruptibly();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!bound.isSuccess() && System.nanoTime() < deadline) {
      // A port is free again only when the selector has let go of the closed socket.
      LockSupport.parkNanos(1_000_000);
      bound = bootstrap.bind("127.0.0.1", port).awaitUninterruptibly();
    }
    server = bound.syncUninterruptibly().channel();
    port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
  }

  /** Stops listening and breaks all connections. */
  void stop() {
    Channel bound = server;
    if (bound != null) {
      bound.close().syncUninterruptibly();
    }
    cut();
  }

  /** Breaks all connections. */
  void cut() {
    clients.close().syncUninterruptibly();
  }

  /** Tells all clients the grid's topology. */
  void push() {
    for (Channel client : clients) {
      client.writeAndFlush(push("grid.placement", topology()));
    }
  }

  @Override
  public void close() {
    stop();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private byte[] topology() {
    WireWriter out = new WireWriter(0);
    TopologyCodec.write(out, grid.topology());
    return out.toBytes();
  }

  private static ByteBuf push(String about, byte[] content) {
    ByteBuf out = Unpooled.buffer();
    RespWriter.pushHeader(out, 2, RespVersion.RESP3);
    RespWriter.bulk(out, about);
    RespWriter.bulk(out, content);
    return out;
  }

  private final class Session extends ByteToMessageDecoder {

    private final RespRequestDecoder decoder = new RespRequestDecoder(LIMITS);
    private final MapNames names = new MapNames(16);
    private boolean isCut;

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
      byte[][] command = decoder.decode(in);
      // What follows in the buffer of a broken connection never arrived: a stream has no holes.
      while (command != null && !isCut) {
        commands.incrementAndGet();
        obey(context, command);
        command = decoder.decode(in);
      }
    }

    private void obey(ChannelHandlerContext context, byte[][] command) {
      String name = new String(command[0], StandardCharsets.US_ASCII);
      ByteBuf reply = Unpooled.buffer();
      if (manner == Manner.SILENT) {
        return;
      }
      switch (name) {
        case "HELLO" -> {
          if (manner == Manner.STRICT && !isKnown(command)) {
            RespWriter.error(reply, command.length > 2 ? "WRONGPASS wrong" : "NOAUTH who is it");
            context.writeAndFlush(reply);
            return;
          }
          RespWriter.mapHeader(reply, 1, RespVersion.RESP3);
          RespWriter.bulk(reply, "proto");
          RespWriter.integer(reply, 3);
        }
        case "GRID.HELLO" -> introduce(reply);
        case "PING" -> {
          pings.incrementAndGet();
          RespWriter.pong(reply);
        }
        case "GRID.OP" -> {
          operate(context, new WireReader(command[1], names));
          return;
        }
        default -> RespWriter.error(reply, "ERR unknown command '" + name + "'");
      }
      context.writeAndFlush(reply);
    }

    private boolean isKnown(byte[][] command) {
      return command.length == 5
          && new String(command[3], StandardCharsets.UTF_8).equals("alice")
          && new String(command[4], StandardCharsets.UTF_8).equals(password);
    }

    private void introduce(ByteBuf reply) {
      if (manner == Manner.REDIS) {
        RespWriter.error(reply, "ERR unknown command 'GRID.HELLO', with args beginning with: '1'");
      } else if (manner == Manner.NEWER) {
        RespWriter.error(reply, "ERR wire versions differ: versionOfServer=9, versionOfClient=1");
      } else {
        RespWriter.bulk(reply, topology());
      }
    }

    private void operate(ChannelHandlerContext context, WireReader in) {
      List<byte[]> answers = new ArrayList<>();
      while (in.isReadable()) {
        Operation operation = OperationCodec.read(in, System.nanoTime());
        Answer answer = grid.operate(id, operation);
        if (operations.incrementAndGet() == cutAfter.get()) {
          // Carried out, and nobody will ever hear of it by this connection.
          isCut = true;
          context.close();
          return;
        }
        if (answer != null) {
          WireWriter item = new WireWriter(0);
          long client = operation.client() + (manner == Manner.CONFUSED ? 1 : 0);
          AnswerCodec.write(item, operation.shard(), client, operation.seq(), answer);
          answers.add(item.toBytes());
        }
      }
      if (manner == Manner.GARBAGE) {
        context.writeAndFlush(Unpooled.copiedBuffer("?garbage\r\n", StandardCharsets.US_ASCII));
      } else if (manner != Manner.DISCREET) {
        // Any order is as good as another.
        Collections.reverse(answers);
        ByteBuf blob = Unpooled.wrappedBuffer(answers.toArray(byte[][]::new));
        context.writeAndFlush(push("grid.answers", ByteBufUtil.getBytes(blob)));
      }
    }
  }
}
