package io.shardgrid.actor;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.trace.TraceSettings;
import io.shardgrid.trace.TraceSwitch;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class ShardTableTest {

  private static final long PATIENCE_SECONDS = 30;

  private static final TraceSwitch OFF = new TraceSwitch(TraceSettings.NOTHING_NEW);

  private static final ActorTestKit KIT = EngineKit.create();

  private final AtomicInteger ticks = new AtomicInteger();
  private final CountDownLatch isBusy = new CountDownLatch(1);
  private final CountDownLatch mayGoOn = new CountDownLatch(1);
  private final CountDownLatch isDone = new CountDownLatch(1);

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void tellsABusyShardOnlyOnceThatTimePasses() throws InterruptedException {
    ShardTable table =
        new ShardTable(1, (operation, answer, nanos) -> {}, OFF, (shard, host, gate) -> shard());
    KIT.spawn(
        Behaviors.<ShardHost.Command>setup(
            context -> {
              table.spawn(context);
              table.tick(0);
              return Behaviors.empty();
            }));
    await(isBusy);
    for (int i = 0; i < 100; i++) {
      table.tickAll();
    }
    table.tell(0, ShardActor.Check.INSTANCE);
    mayGoOn.countDown();
    await(isDone);

    assertThat(ticks).as("the one it was busy with, and one more").hasValue(2);
    table.tick(0);
    awaitTicks(3);
  }

  /** What copies yield to is what callers wait for: the turn alone hides that backups are slow. */
  @Test
  void timesOperationsUntilTheyAreAnswered() throws InterruptedException {
    BlockingQueue<ShardActor.Operate> operations = new LinkedBlockingQueue<>();
    List<Long> servedNanos = new CopyOnWriteArrayList<>();
    List<Answer> answers = new CopyOnWriteArrayList<>();
    ShardTable table =
        new ShardTable(
            1,
            (operation, answer, nanos) -> servedNanos.add(nanos),
            OFF,
            (shard, host, gate) -> collecting(operations));
    KIT.spawn(
        Behaviors.<ShardHost.Command>setup(
            context -> {
              table.spawn(context);
              isBusy.countDown();
              return Behaviors.empty();
            }));
    await(isBusy);
    for (long seq = 1; seq <= 16; seq++) {
      table.operate(operation(seq), (operation, answer) -> answers.add(answer));
    }
    long handedOverNanos = System.nanoTime();
    List<ShardActor.Operate> waiting = new ArrayList<>();
    while (waiting.size() < 16) {
      ShardActor.Operate next = operations.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(next).isNotNull();
      waiting.add(next);
    }

    assertThat(servedNanos).as("none was answered").isEmpty();
    long heldNanos = System.nanoTime() - handedOverNanos;
    waiting.forEach(one -> one.from().answered(one.operation(), new Answer.Later("test")));
    assertThat(answers).as("each one").hasSize(16);
    assertThat(servedNanos).as("one of eight").hasSize(2);
    assertThat(servedNanos).as("until its answer").allMatch(nanos -> nanos >= heldNanos);
  }

  private static Operation operation(long seq) {
    return new Operation("m", 0, 7, seq, seq, 0, 0, Long.MAX_VALUE, new Request.Size());
  }

  private static Behavior<ShardActor.Command> collecting(
      BlockingQueue<ShardActor.Operate> operations) {
    return Behaviors.receive(ShardActor.Command.class)
        .onMessage(
            ShardActor.Operate.class,
            operate -> {
              operations.add(operate);
              return Behaviors.same();
            })
        .build();
  }

  /** Stands still in its first tick, and is done with the first command of another kind. */
  private Behavior<ShardActor.Command> shard() {
    return Behaviors.receive(ShardActor.Command.class)
        .onMessage(ShardActor.Tick.class, this::onTick)
        .onAnyMessage(
            any -> {
              isDone.countDown();
              return Behaviors.same();
            })
        .build();
  }

  private Behavior<ShardActor.Command> onTick(ShardActor.Tick tick) throws InterruptedException {
    tick.isUnderWay().set(false);
    if (ticks.incrementAndGet() == 1) {
      isBusy.countDown();
      await(mayGoOn);
    }
    return Behaviors.same();
  }

  private void awaitTicks(int wanted) {
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (ticks.get() < wanted && System.nanoTime() - endNanos < 0) {
      Thread.onSpinWait();
    }
    assertThat(ticks).hasValue(wanted);
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }
}
