package io.shardgrid.actor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class CallerRunsTest {

  private static final ActorTestKit KIT = EngineKit.create();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  /** An actor whose messages are code to run in its turn; it is idle when this returns. */
  private static ActorRef<Runnable> actor() throws Exception {
    ActorRef<Runnable> actor =
        KIT.spawn(
            Behaviors.receive(Runnable.class)
                .onMessage(Runnable.class, CallerRunsTest::run)
                .build(),
            DispatcherSelector.fromConfig("grid-shard-dispatcher"));
    CountDownLatch started = new CountDownLatch(1);
    actor.tell(started::countDown);
    assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
    awaitIdle(actor);
    return actor;
  }

  private static Behavior<Runnable> run(Runnable code) {
    code.run();
    return Behaviors.same();
  }

  /** The pool may still be leaving the actor's last turn: then it runs one more. */
  private static void awaitIdle(ActorRef<Runnable> actor) {
    Thread self = Thread.currentThread();
    CompletableFuture<Thread> ranBy;
    do {
      ranBy = new CompletableFuture<>();
      CompletableFuture<Thread> result = ranBy;
      CallerRuns.tell(actor, () -> result.complete(Thread.currentThread()));
    } while (ranBy.join() != self);
  }

  @Test
  void runsAnIdleActorsTurnOnTheThreadThatBringsTheMessage() throws Exception {
    ActorRef<Runnable> actor = actor();
    Thread[] ranBy = new Thread[1];
    CallerRuns.tell(actor, () -> ranBy[0] = Thread.currentThread());
    assertThat(ranBy[0]).as("before tell returned").isSameAs(Thread.currentThread());
  }

  @Test
  void leavesMessagesToABusyActorToItsThread() throws Exception {
    ActorRef<Runnable> actor = actor();
    CountDownLatch isIn = new CountDownLatch(1);
    CountDownLatch mayLeave = new CountDownLatch(1);
    CompletableFuture<Thread> first = new CompletableFuture<>();
    actor.tell(
        () -> {
          isIn.countDown();
          await(mayLeave);
          first.complete(Thread.currentThread());
        });
    assertThat(isIn.await(30, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<Thread> second = new CompletableFuture<>();
    CallerRuns.tell(actor, () -> second.complete(Thread.currentThread()));
    assertThat(second).isNotDone();
    mayLeave.countDown();
    assertThat(second.get(30, TimeUnit.SECONDS)).isSameAs(first.join());
  }

  @Test
  void runsNoTurnWithinATurn() throws Exception {
    ActorRef<Runnable> outer = actor();
    ActorRef<Runnable> inner = actor();
    CompletableFuture<Thread> ranBy = new CompletableFuture<>();
    CallerRuns.tell(
        outer, () -> CallerRuns.tell(inner, () -> ranBy.complete(Thread.currentThread())));
    assertThat(ranBy.get(30, TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
  }

  @Test
  void keepsTheCallersInterruptAndHidesItFromTheActor() throws Exception {
    ActorRef<Runnable> actor = actor();
    boolean[] seen = {true};
    Consumer<boolean[]> look = flags -> flags[0] = Thread.currentThread().isInterrupted();
    Thread.currentThread().interrupt();
    CallerRuns.tell(actor, () -> look.accept(seen));
    assertThat(Thread.interrupted()).as("kept for the caller").isTrue();
    assertThat(seen[0]).isFalse();
  }

  @Test
  void runsWhatWaitsForTheEndOfABatchOnItsThread() throws Exception {
    ActorRef<Runnable> actor = actor();
    List<String> order = new ArrayList<>();
    Runnable behind = () -> CallerRuns.tell(actor, () -> order.add("behind"));
    CallerRuns.beginBatch();
    for (String item : List.of("first", "second")) {
      CallerRuns.tell(actor, () -> order.add(item));
    }
    CallerRuns.tell(actor, () -> assertThat(CallerRuns.behindBatch(behind)).isTrue());
    order.add("end");
    CallerRuns.endBatch();
    assertThat(order).containsExactly("first", "second", "end", "behind");
    CallerRuns.endBatch();
    assertThat(order).as("not again").hasSize(4);
  }

  @Test
  void knowsOfNoBatchOutsideOfOne() throws Exception {
    Runnable behind = () -> {};
    assertThat(CallerRuns.behindBatch(behind)).as("none has begun").isFalse();
    CallerRuns.beginBatch();
    ActorRef<Runnable> actor = actor();
    CompletableFuture<Boolean> ofAnother = new CompletableFuture<>();
    actor.tell(() -> ofAnother.complete(CallerRuns.behindBatch(behind)));
    assertThat(ofAnother.get(30, TimeUnit.SECONDS)).as("another thread's").isFalse();
    CallerRuns.endBatch();
    assertThat(CallerRuns.behindBatch(behind)).as("it has ended").isFalse();
  }

  @Test
  void servesMessagesFromOutsideWhileActorsKeepItsThreadsBusy() throws Exception {
    ActorRef<Runnable> quiet = actor();
    AtomicBoolean isOver = new AtomicBoolean();
    try {
      for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
        ActorRef<Runnable> busy = actor();
        busy.tell(new Again(busy, isOver));
      }
      for (int i = 0; i < 100; i++) {
        CountDownLatch isServed = new CountDownLatch(1);
        quiet.tell(isServed::countDown);
        assertThat(isServed.await(30, TimeUnit.SECONDS)).as("message " + i).isTrue();
      }
    } finally {
      isOver.set(true);
    }
  }

  /** Keeps an actor at work: each turn sets off the next one. */
  private record Again(ActorRef<Runnable> actor, AtomicBoolean isOver) implements Runnable {
    @Override
    public void run() {
      if (!isOver.get()) {
        actor.tell(this);
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
