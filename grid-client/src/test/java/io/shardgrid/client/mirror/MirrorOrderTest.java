package io.shardgrid.client.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.shardgrid.client.ClientSettings;
import io.shardgrid.failure.GridException;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.route.Outcome;
import io.shardgrid.route.Router;
import io.shardgrid.trace.TraceSettings;
import io.shardgrid.trace.TraceSwitch;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Request;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** In which order a mirror asks its clusters, where these answer within the call that asks. */
final class MirrorOrderTest {

  private static final String MAP = "orders";
  private static final byte[] KEY = {'k'};
  private static final long TIMEOUT = TimeUnit.SECONDS.toNanos(5);

  private final MirrorSettings settings = SampleMirrorSettings.of("");
  private final MemoryCluster production = new MemoryCluster(1, 0);
  private final MemoryCluster canary = new MemoryCluster(1, 1_000);
  private final Mirror mirror = mirror(settings);
  private final Router router = router(mirror);

  @Test
  void copiesAWriteBeforeWhatItsAnswerSetsOff() {
    submit(put("first"), () -> submit(put("second"), () -> {}));

    assertThat(production.value(MAP, "k")).isEqualTo("second");
    assertThat(canary.value(MAP, "k")).isEqualTo("second");
  }

  /** The thread that is told may be slow to copy: whoever sees the write must not be before it. */
  @Test
  void copiesAWriteBeforeThatOfAnotherThreadThatSawIt() throws Exception {
    Thread[] other = new Thread[1];
    production.afterAnswer(
        () -> {
          production.afterAnswer(() -> {});
          other[0] = new Thread(() -> submit(put("second"), () -> {}));
          other[0].start();
          try {
            // Within the hand-over of the first: the other thread either waits for it in the
            // router's queue, and ends, or was let past it.
            other[0].join();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });

    submit(put("first"), () -> {});
    other[0].join();

    assertThat(production.value(MAP, "k")).isEqualTo("second");
    assertThat(canary.value(MAP, "k")).isEqualTo("second");
  }

  @Test
  void tellsAFailureWithinTheCallWhenTheCopyWasSent() {
    production.behave(MemoryCluster.Behaviour.FAILS);
    submit(
        put("first"),
        () -> {
          production.behave(MemoryCluster.Behaviour.ANSWERS);
          submit(put("second"), () -> {});
        });

    assertThat(production.value(MAP, "k")).isEqualTo("second");
    assertThat(canary.value(MAP, "k")).isEqualTo("second");
    assertThat(mirror.outOfStep().keys()).as("production has failed one of the two").isEqualTo(1);
  }

  private Mirror mirror(MirrorSettings of) {
    ComparisonQueue queue = new ComparisonQueue(100, 1 << 20);
    Judge judge = new Judge(of.judge(), of.verdict(), new SplittableRandom(1));
    Mirror made = new Mirror(production, of, judge, queue, System::nanoTime);
    made.connected(canary);
    return made;
  }

  private static Router router(Mirror mirror) {
    Router made =
        new Router(
            ClientSettings.from(ConfigFactory.load()).route(),
            1,
            1,
            mirror,
            System::nanoTime,
            new TraceSwitch(TraceSettings.NOTHING_NEW));
    mirror.answers(made);
    long seat = Epoch.of(1, 1);
    made.placed(new PlacementEntry(0, seat, seat, Epoch.NONE, Mirror.HERE, List.of(Mirror.HERE)));
    return made;
  }

  private static Request put(String value) {
    return new Request.Put(KEY, MemoryCluster.bytes(value), Expiry.NEVER, Condition.ALWAYS, false);
  }

  private void submit(Request request, Runnable then) {
    router.submit(
        MAP,
        0,
        request,
        TIMEOUT,
        new Outcome() {
          @Override
          public void resolved(Answer answer) {
            then.run();
          }

          @Override
          public void failed(GridException failure) {
            then.run();
          }
        });
  }
}
