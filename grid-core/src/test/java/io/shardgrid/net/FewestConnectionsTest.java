package io.shardgrid.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FewestConnectionsTest {

  private final EventLoops loops = EventLoops.start(4);
  private final List<EventLoop> all = new ArrayList<>();

  FewestConnectionsTest() {
    loops.group().forEach(loop -> all.add((EventLoop) loop));
  }

  @AfterEach
  void close() {
    loops.close();
  }

  @Test
  void putsAConnectionWhereTheFewestAre() throws ReflectiveOperationException {
    assertThat(loopOf(register(loops.clients()))).isZero();
    Channel second = register(loops.clients());
    assertThat(loopOf(second)).isEqualTo(1);
    assertThat(loopOf(register(loops.clients()))).isEqualTo(2);
    assertThat(loopOf(register(loops.clients()))).isEqualTo(3);
    second.close().syncUninterruptibly();
    assertThat(loopOf(register(loops.clients()))).isEqualTo(1);
    assertThat(loopOf(register(loops.clients()))).isZero();
  }

  @Test
  void keepsLinksOnTheFirstHalf() throws ReflectiveOperationException {
    List<Integer> registered = new ArrayList<>();
    List<Integer> inTurn = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      registered.add(loopOf(register(loops.links())));
      inTurn.add(all.indexOf(loops.links().next()));
    }
    assertThat(registered).containsExactly(0, 1, 0, 1);
    assertThat(inTurn).containsExactly(0, 1, 0, 1);
  }

  private Channel register(EventLoopGroup group) throws ReflectiveOperationException {
    SocketChannel channel = loops.socketType().getConstructor().newInstance();
    group.register(channel).syncUninterruptibly();
    return channel;
  }

  private int loopOf(Channel channel) {
    return all.indexOf(channel.eventLoop());
  }
}
