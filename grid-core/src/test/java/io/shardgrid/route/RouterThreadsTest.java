package io.shardgrid.route;

import static io.shardgrid.route.RouteFixtures.A;
import static io.shardgrid.route.RouteFixtures.entry;
import static io.shardgrid.route.RouteFixtures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.failure.GridException;
import io.shardgrid.failure.GridOverloadedException;
import io.shardgrid.key.NodeId;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several threads that call one router: nothing stays behind, and the shard sees one order. */
@Timeout(60)
final class RouterThreadsTest {

  private static final int THREADS = 4;
  private static final int EACH = 20_000;
  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final RouterSettings SETTINGS =
      new RouterSettings(
          Duration.ofMinutes(5),
          64,
          THREADS * EACH,
          1L << 40,
          1L << 40,
          Duration.ofMillis(1),
          Duration.ofMillis(16));

  /** A shard of this process that answers at once, on whichever thread comes. */
  private static final class OwnShard implements Transport {
    final List<Long> seqs = new ArrayList<>();
    Router router = new Router(SETTINGS, 1, 7, this, System::nanoTime);

    @Override
    public boolean isLocal(NodeId node) {
      return true;
    }

    @Override
    public void execute(Operation operation) {
      seqs.add(operation.seq());
      router.answered(0, operation.seq(), Answer.Absent.INSTANCE);
    }

    @Override
    public boolean send(NodeId node, Operation operation) {
      return false;
    }
  }

  @Test
  void handsOverEverythingInOneOrderWhateverThreadComes() throws Exception {
    OwnShard shard = new OwnShard();
    shard.router.placed(entry(0, 1, A));
    CountDownLatch left = new CountDownLatch(THREADS * EACH);
    Outcome outcome =
        new Outcome() {
          @Override
          public void resolved(Answer answer) {
            left.countDown();
          }

          @Override
          public void failed(GridException failure) {
            throw failure;
          }
        };
    List<CompletableFuture<Void>> callers = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      Runnable calls =
          () -> {
            for (int i = 0; i < EACH; i++) {
              shard.router.submit("map", 0, get("key"), TimeUnit.MINUTES.toNanos(5), outcome);
            }
          };
      callers.add(CompletableFuture.runAsync(calls, each -> new Thread(each).start()));
    }
    callers.forEach(CompletableFuture::join);
    // No tick: whoever leaves something behind must have seen another thread that takes it.
    assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(shard.seqs).hasSize(THREADS * EACH).isSorted();
  }

  /** Keeps what it is sent, for whoever answers. */
  private static final class Far implements Transport {
    final BlockingQueue<Operation> sent = new LinkedBlockingQueue<>();

    @Override
    public boolean isLocal(NodeId node) {
      return false;
    }

    @Override
    public void execute(Operation operation) {
      throw new IllegalStateException("nothing is here");
    }

    @Override
    public boolean send(NodeId node, Operation operation) {
      return sent.add(operation);
    }
  }

  @Test
  void hasCallersWaitForRoomAndLosesNoWakeUp() throws Exception {
    int bound = 64;
    int shards = 2;
    Far far = new Far();
    Router router =
        new Router(RouteFixtures.within(bound, WhenFull.WAIT), shards, 7, far, System::nanoTime);
    router.wayOpened(A);
    router.placed(entry(0, 1, A));
    router.placed(entry(1, 1, A));
    CountDownLatch left = new CountDownLatch(THREADS * EACH);
    AtomicInteger open = new AtomicInteger();
    AtomicInteger mostOpen = new AtomicInteger();
    Outcome outcome = new Counting(left, open);
    List<Thread> callers = new ArrayList<>();
    for (int caller = 0; caller < THREADS; caller++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < EACH; i++) {
                  router.submitOrWait("m", i % shards, get("a"), MINUTE_NANOS, outcome);
                  mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
                }
              });
      callers.add(thread);
      thread.start();
    }
    while (far.sent.size() < bound) {
      Thread.onSpinWait();
    }
    while (left.getCount() > 0) {
      Operation operation = far.sent.poll(1, TimeUnit.SECONDS);
      if (operation != null) {
        router.answered(operation.shard(), operation.seq(), Answer.Absent.INSTANCE);
      }
    }
    for (Thread caller : callers) {
      caller.join();
    }
    int free = shards * CapacityShare.OPERATIONS_FREE;
    assertThat(mostOpen.get()).isLessThanOrEqualTo(bound + free + THREADS);
  }

  @Test
  void endsAWaitWithTheDeadlineOrAnInterrupt() {
    Router router =
        new Router(RouteFixtures.within(1, WhenFull.WAIT), 1, 7, new Far(), System::nanoTime);
    RecordingOutcome taken = new RecordingOutcome();
    for (int i = 0; i <= CapacityShare.OPERATIONS_FREE; i++) {
      router.submitOrWait("m", 0, get("a"), MINUTE_NANOS, taken);
    }
    RecordingOutcome late = new RecordingOutcome();
    router.submitOrWait("m", 0, get("a"), 1_000_000, late);
    assertThat(late.failure).isInstanceOf(GridOverloadedException.class);
    Thread.currentThread().interrupt();
    RecordingOutcome interrupted = new RecordingOutcome();
    router.submitOrWait("m", 0, get("a"), MINUTE_NANOS, interrupted);
    assertThat(interrupted.failure).isInstanceOf(GridOverloadedException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(taken.hasEnded()).isFalse();
  }

  /** Counts operations that have ended well, and fails for others. */
  private record Counting(CountDownLatch left, AtomicInteger open) implements Outcome {

    @Override
    public void resolved(Answer answer) {
      open.decrementAndGet();
      left.countDown();
    }

    @Override
    public void failed(GridException failure) {
      throw failure;
    }
  }
}
