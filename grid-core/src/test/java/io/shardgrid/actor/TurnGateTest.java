package io.shardgrid.actor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class TurnGateTest {

  private static final int PATIENCE_SECONDS = 30;
  private static final ActorTestKit KIT = EngineKit.create();

  private final TurnGate<Worker> gate = new TurnGate<>();
  private final ActorRef<Runnable> worker =
      KIT.spawn(Worker.create(gate), DispatcherSelector.fromConfig("grid-shard-dispatcher"));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  /** Runs code in its turns, and counts without any protection of its own. */
  private static final class Worker extends AbstractBehavior<Runnable> {
    private int count;
    private boolean isIn;

    static Behavior<Runnable> create(TurnGate<Worker> gate) {
      return Behaviors.setup(
          context -> {
            Worker worker = new Worker(context);
            gate.open(context, worker);
            return worker;
          });
    }

    private Worker(ActorContext<Runnable> context) {
      super(context);
    }

    void work() {
      assertThat(isIn).as("another thread is in").isFalse();
      isIn = true;
      count++;
      isIn = false;
    }

    @Override
    public Receive<Runnable> createReceive() {
      return newReceiveBuilder()
          .onMessage(
              Runnable.class,
              code -> {
                code.run();
                work();
                return this;
              })
          .build();
    }
  }

  /** Enters as soon as the actor is idle: the pool may still be leaving its last turn. */
  private Worker enter() {
    Worker entered = gate.enter();
    while (entered == null) {
      CompletableFuture<Void> isServed = new CompletableFuture<>();
      CallerRuns.tell(worker, () -> isServed.complete(null));
      isServed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
      entered = gate.enter();
    }
    return entered;
  }

  @Test
  void letsNobodyInBeforeTheActorIsThere() {
    assertThat(new TurnGate<Worker>().enter()).isNull();
  }

  @Test
  void letsInAgainWhoHasLeft() {
    for (int i = 0; i < 3; i++) {
      enter();
      gate.leave();
    }
  }

  @Test
  void letsNobodyInWhileTheActorIsBusy() throws Exception {
    CountDownLatch isIn = new CountDownLatch(1);
    CountDownLatch mayLeave = new CountDownLatch(1);
    worker.tell(
        () -> {
          isIn.countDown();
          await(mayLeave);
        });
    await(isIn);
    assertThat(gate.enter()).isNull();
    assertThat(gate.enter()).as("nor is this thread taken to be in a turn").isNull();
    mayLeave.countDown();
    enter();
    gate.leave();
  }

  @Test
  void letsNobodyInFromWithinATurn() {
    TurnGate<Worker> other = new TurnGate<>();
    ActorRef<Runnable> inner =
        KIT.spawn(Worker.create(other), DispatcherSelector.fromConfig("grid-shard-dispatcher"));
    enter();
    assertThat(gate.enter()).as("the same actor").isNull();
    assertThat(other.enter()).as("another one").isNull();
    CompletableFuture<Thread> ranBy = new CompletableFuture<>();
    CallerRuns.tell(inner, () -> ranBy.complete(Thread.currentThread()));
    assertThat(ranBy.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join())
        .as("left to the pool")
        .isNotSameAs(Thread.currentThread());
    gate.leave();
  }

  @Test
  void takesOnWhatCameMeanwhileWithoutLosingAnInterrupt() {
    List<Thread> ranBy = new ArrayList<>();
    enter();
    gate.leave();
    Thread.currentThread().interrupt();
    enter();
    assertThat(Thread.currentThread().isInterrupted()).as("hidden from the actor").isFalse();
    worker.tell(() -> ranBy.add(Thread.currentThread()));
    assertThat(gate.isQuiet()).isFalse();
    assertThat(ranBy).as("the turn is not over").isEmpty();
    gate.leave();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(ranBy).containsExactly(Thread.currentThread());
  }

  @Test
  void letsOneThreadInAtATime() throws Exception {
    int rounds = 20_000;
    int callers = 3;
    Worker entered = enter();
    int before = entered.count;
    gate.leave();
    List<Thread> threads = new ArrayList<>();
    for (int caller = 0; caller < callers; caller++) {
      int way = caller;
      threads.add(new Thread(() -> work(way, rounds)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      assertThat(thread.isAlive()).isFalse();
    }
    CompletableFuture<Integer> counted = new CompletableFuture<>();
    worker.tell(() -> counted.complete(entered.count));
    assertThat(counted.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join() - before)
        .isEqualTo(callers * rounds);
  }

  private void work(int way, int rounds) {
    Runnable nothing = () -> {};
    for (int i = 0; i < rounds; i++) {
      Worker idle = (i + way) % 3 == 0 ? null : gate.enter();
      if (idle == null) {
        CallerRuns.tell(worker, nothing);
      } else {
        idle.work();
        gate.leave();
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
