package io.shardgrid.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.CodecException;
import io.shardgrid.failure.FailureCode;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.key.Charter;
import io.shardgrid.key.NodeId;
import io.shardgrid.link.LinkSettings;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Links between two nodes in one process, over real sockets on loopback. */
@Timeout(60)
class PeerLinksTest {

  private Peer a;
  private Peer b;

  @BeforeEach
  void start() {
    a = Peer.start(1);
    b = Peer.start(2);
  }

  @AfterEach
  void close() {
    a.close();
    b.close();
  }

  @Test
  void carriesAnOperationAndItsAnswer() throws InterruptedException {
    a.open(b);
    Operation sent = Peer.operation(5, Peer.get("paris"));
    assertThat(a.links.send(b.id, sent)).isTrue();
    assertThat(a.awaitAnswer()).isEqualTo(new Peer.Answered(3, 7, 5, new Answer.Amount(5)));
    Operation came = b.operations.remove();
    assertThat(came).usingRecursiveComparison().ignoringFields("deadlineNanos").isEqualTo(sent);
    assertThat(came.deadlineNanos() - sent.deadlineNanos())
        .isBetween(0L, TimeUnit.SECONDS.toNanos(5));
  }

  @Test
  void isDirected() throws InterruptedException {
    a.open(b);
    assertThat(a.links.isOpen(b.id)).isTrue();
    assertThat(b.links.isOpen(a.id)).isFalse();
    assertThat(b.links.send(a.id, Peer.operation(1, Peer.get("k")))).isFalse();
  }

  @Test
  void keepsTheOrderOfManyOperationsBothWays() throws InterruptedException {
    int count = 100_000;
    a.open(b);
    b.open(a);
    Thread other = new Thread(() -> sendAll(b, a, 0, count));
    other.start();
    sendAll(a, b, 0, count);
    other.join();
    List<Long> numbers = LongStream.rangeClosed(1, count).boxed().toList();
    for (Peer peer : List.of(a, b)) {
      List<Long> answered = new ArrayList<>();
      while (answered.size() < count) {
        answered.add(peer.awaitAnswer().seq());
      }
      assertThat(answered).isEqualTo(numbers);
      assertThat(peer.links.counters().framesSent()).isLessThan(count);
    }
    for (Peer peer : List.of(a, b)) {
      assertThat(peer.operations.stream().map(Operation::seq).toList()).isEqualTo(numbers);
    }
  }

  @Test
  void keepsTheOrderOfEachOfSeveralSenders() throws InterruptedException {
    int senders = 4;
    int count = 20_000;
    a.open(b);
    List<Thread> threads = new ArrayList<>();
    for (int sender = 0; sender < senders; sender++) {
      long first = (long) sender * count;
      threads.add(new Thread(() -> sendAll(a, b, first, count)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    long[] last = new long[senders];
    for (int i = 0; i < senders * count; i++) {
      long seq = a.awaitAnswer().seq() - 1;
      int sender = (int) (seq / count);
      assertThat(seq % count).isEqualTo(last[sender]++);
    }
  }

  private static void sendAll(Peer from, Peer to, long first, int count) {
    for (long seq = first + 1; seq <= first + count; seq++) {
      Operation operation = Peer.operation(seq, Peer.get("k"));
      while (!from.links.send(to.id, operation)) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void carriesValuesOfEightMebibytes() throws InterruptedException {
    a.open(b);
    byte[] value = new byte[8 << 20];
    new Random(1).nextBytes(value);
    for (int seq = 1; seq <= 3; seq++) {
      assertThat(a.links.send(b.id, Peer.operation(seq, Peer.put(value)))).isTrue();
    }
    for (int seq = 1; seq <= 3; seq++) {
      Peer.Answered answered = a.awaitAnswer();
      assertThat(answered.seq()).isEqualTo(seq);
      assertThat(((Answer.Stored) answered.answer()).previous()).isEqualTo(value);
    }
  }

  @Test
  void refusesWhatIsLargerThanAFrameMayBe() throws InterruptedException {
    a.open(b);
    Operation operation = Peer.operation(1, Peer.put(new byte[16 << 20]));
    assertThatThrownBy(() -> a.links.send(b.id, operation))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("grid.link.frame-bytes-max")
        .hasMessageContaining("map=cities, shard=3");
  }

  @Test
  void answersThatTheAnswerIsTooLarge() throws InterruptedException {
    b.echo =
        (operation, back) ->
            back.answered(
                operation, new Answer.Values(List.of(new byte[9 << 20], new byte[9 << 20])));
    a.open(b);
    a.links.send(b.id, Peer.operation(1, Peer.get("k")));
    Answer.Failed failed = (Answer.Failed) a.awaitAnswer().answer();
    assertThat(failed.code()).isEqualTo(FailureCode.VALUE_TOO_LARGE);
    assertThat(failed.message()).contains("request=GET").contains("ask for less at once");
  }

  @Test
  void refusesWhenTheOutboxIsFullAndReadsNoMoreThanIsAnswered() throws InterruptedException {
    BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();
    LinkSettings small =
        new LinkSettings(
            4096,
            1 << 20,
            1 << 20,
            1 << 20,
            1L << 30,
            Duration.ofSeconds(5),
            Duration.ofMillis(1),
            Duration.ofMillis(50),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));
    try (Peer sender = Peer.start(3, 0, Peer.CHARTER, small)) {
      b.echo =
          (operation, back) -> {
            // The event loop of b stands still: nothing is read from the socket.
            take(held).run();
            back.answered(operation, new Answer.Amount(1));
          };
      sender.open(b);
      long sent = 0;
      while (sender.links.send(b.id, Peer.operation(sent + 1, Peer.put(new byte[64 << 10])))) {
        sent++;
      }
      assertThat(sent).isLessThan(1024);
      for (int i = 0; i < sent; i++) {
        held.add(() -> {});
      }
      for (long seq = 1; seq <= sent; seq++) {
        assertThat(sender.awaitAnswer().seq()).isEqualTo(seq);
      }
    }
  }

  private static Runnable take(BlockingQueue<Runnable> queue) {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void dropsAndCountsAnswersToAClosedLink() throws InterruptedException {
    BlockingQueue<AnswerSink> sinks = new LinkedBlockingQueue<>();
    b.echo = (operation, back) -> sinks.add(back);
    a.open(b);
    Operation operation = Peer.operation(1, Peer.get("k"));
    a.links.send(b.id, operation);
    AnswerSink back = sinks.take();
    a.links.forget(b.id);
    a.awaitEvent("closed " + b.id);
    // Until b has seen the end of the connection, answers still go into it.
    while (b.links.counters().answersDropped() == 0) {
      back.answered(operation, new Answer.Amount(1));
    }
    assertThat(a.links.isOpen(b.id)).isFalse();
  }

  @Test
  void reportsARefusedReconnectionOnceAndTheNewIncarnationNever() throws InterruptedException {
    a.open(b);
    int port = b.links.port();
    b.close();
    a.awaitEvent("closed " + b.id);
    a.awaitEvent("refused " + b.id);
    assertThat(a.links.send(b.id, Peer.operation(1, Peer.get("k")))).isFalse();
    try (Peer reborn = Peer.start(22, port, Peer.CHARTER, Peer.SETTINGS)) {
      while (a.links.counters().rejected() < 2) {
        Thread.onSpinWait();
      }
      assertThat(a.events).isEmpty();
      assertThat(a.links.isOpen(b.id)).isFalse();
      a.open(reborn);
    }
  }

  @Test
  void opensAnewWhenTheSameNodeIsBack() throws InterruptedException {
    a.open(b);
    int port = b.links.port();
    b.close();
    a.awaitEvent("closed " + b.id);
    a.awaitEvent("refused " + b.id);
    b = Peer.start(2, port, Peer.CHARTER, Peer.SETTINGS);
    a.awaitEvent("opened " + b.id);
    a.links.send(b.id, Peer.operation(9, Peer.get("k")));
    assertThat(a.awaitAnswer().seq()).isEqualTo(9);
  }

  @Test
  void refusesAnotherCluster() throws InterruptedException {
    Charter charter = new Charter("other", 16, 1, 42);
    try (Peer stranger = Peer.start(3, 0, charter, Peer.SETTINGS)) {
      stranger.links.connect(b.id, b.links.port());
      while (stranger.links.counters().rejected() < 3) {
        Thread.onSpinWait();
      }
      assertThat(stranger.events).isEmpty();
      assertThat(stranger.links.isOpen(b.id)).isFalse();
    }
  }

  @Test
  void refusesAnotherIncarnation() {
    a.links.connect(new NodeId("127.0.0.1", 10171, 77), b.links.port());
    while (b.links.counters().rejected() < 2) {
      Thread.onSpinWait();
    }
    assertThat(a.events).isEmpty();
  }

  @Test
  void refusesAnotherVersionWithAReason() throws IOException {
    byte[] hello = {0, 0, 0, 6, 1, 'S', 'G', 'R', 'D', 99};
    assertThat(new String(talk(hello), java.nio.charset.StandardCharsets.UTF_8))
        .contains("version=1, yours=99");
  }

  @Test
  void closesConnectionsOfStrangersAndLivesOn() throws IOException, InterruptedException {
    Random random = new Random(7);
    for (int i = 0; i < 20; i++) {
      byte[] garbage = new byte[1000];
      random.nextBytes(garbage);
      garbage[0] |= (byte) 0x80;
      assertThat(talk(garbage)).isEmpty();
    }
    assertThat(talk(new byte[] {0, 0, 0, 2, 4, 1})).isEmpty();
    assertThat(talk(new byte[] {0, 0, 0, 5, 1, 'G', 'E', 'T', ' '})).isEmpty();
    assertThat(b.links.counters().malformed()).isEqualTo(22);
    a.open(b);
    a.links.send(b.id, Peer.operation(1, Peer.get("k")));
    assertThat(a.awaitAnswer().seq()).isEqualTo(1);
  }

  /** Sends bytes to b and reads all until it closes the connection. */
  private byte[] talk(byte[] bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), b.links.port())) {
      socket.getOutputStream().write(bytes);
      InputStream in = socket.getInputStream();
      return in.readAllBytes();
    } catch (java.net.SocketException e) {
      return new byte[0];
    }
  }

  @Test
  void acceptsOnlyAfterItsStart() throws InterruptedException {
    try (PeerLinks late = PeerLinks.bind(PeerAddress.of("127.0.0.1", 0), Peer.SETTINGS, b.loops)) {
      NodeId id = new NodeId("127.0.0.1", 10171, 5);
      a.links.connect(id, late.port());
      assertThat(a.links.isOpen(id)).isFalse();
      late.start(Peer.CHARTER, id, b);
      a.awaitEvent("opened " + id);
    }
  }

  @Test
  void namesKeyAndPortWhenThePortIsInUse() {
    assertThatThrownBy(
            () ->
                PeerLinks.bind(PeerAddress.of("127.0.0.1", b.links.port()), Peer.SETTINGS, b.loops))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("key=grid.peer-port, host=127.0.0.1, port=" + b.links.port())
        .hasMessageContaining("choose another port")
        .hasMessageContaining("in use");
  }

  @Test
  void survivesAListenerThatFails() throws InterruptedException {
    b.echo =
        (operation, back) -> {
          if (operation.seq() == 1) {
            throw new IllegalStateException("on purpose");
          }
          back.answered(operation, Answer.Done.INSTANCE);
        };
    a.open(b);
    a.links.send(b.id, Peer.operation(1, Peer.get("k")));
    a.links.send(b.id, Peer.operation(2, new Request.Size()));
    assertThat(a.awaitAnswer().seq()).isEqualTo(2);
  }

  @Test
  void keepsIdleLinksOpenAndClosesSilentOnes() throws IOException, InterruptedException {
    LinkSettings hasty =
        new LinkSettings(
            128 << 10,
            16 << 20,
            64L << 20,
            1 << 20,
            1L << 30,
            Duration.ofMillis(200),
            Duration.ofMillis(1),
            Duration.ofMillis(50),
            Duration.ofMillis(20),
            Duration.ofMillis(500));
    try (Peer idle = Peer.start(3, 0, Peer.CHARTER, hasty)) {
      a.open(idle);
      idle.open(a);
      long before = idle.links.counters().framesReceived();
      // The hasty node pings and is answered, and hears nothing else.
      while (idle.links.counters().framesReceived() < before + 30) {
        Thread.onSpinWait();
      }
      assertThat(idle.links.isOpen(a.id)).isTrue();
      try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), idle.links.port())) {
        assertThat(silent.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void leavesNoThreadBehind() throws Exception {
    a.close();
    b.close();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("grid-net-")) {
        // An event loop says that it has ended a moment before its thread has.
        thread.join(Duration.ofSeconds(30).toMillis());
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }
}
