package io.shardgrid.route;

import static io.shardgrid.route.RouteFixtures.A;
import static io.shardgrid.route.RouteFixtures.entry;
import static io.shardgrid.route.RouteFixtures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.failure.GridException;
import io.shardgrid.key.NodeId;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several threads that call one router: nothing stays behind, and the shard sees one order. */
@Timeout(60)
final class RouterThreadsTest {

  private static final int THREADS = 4;
  private static final int EACH = 20_000;
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
}
