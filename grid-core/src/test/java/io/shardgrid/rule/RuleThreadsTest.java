package io.shardgrid.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.failure.GridException;
import io.shardgrid.failure.GridOverloadedException;
import io.shardgrid.failure.GridUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever runs on the threads of rules, each task is told once how it ended. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class RuleThreadsTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration MEDIUM = Duration.ofMillis(200);
  private static final Duration SHORT = Duration.ofMillis(5);

  private final CountDownLatch release = new CountDownLatch(1);
  private final List<RuleThreads> started = new ArrayList<>();

  /** How a task ended, told once. */
  private static final class Ending {

    private final CompletableFuture<String> how = new CompletableFuture<>();

    void tell(String told) {
      if (!how.complete(told)) {
        throw new IllegalStateException("told twice: " + told + ", before: " + how.join());
      }
    }

    String await() {
      return how.orTimeout(30, TimeUnit.SECONDS).join();
    }
  }

  /** Runs something that may do what it likes. */
  private record Job(Runnable body, Ending ending) implements RuleThreads.Task {

    Job(Runnable body) {
      this(body, new Ending());
    }

    @Override
    public void run(RuleInstances instances) {
      body.run();
    }

    @Override
    public void finish() {
      ending.tell("finished");
    }

    @Override
    public void abandoned() {
      ending.tell("abandoned");
    }

    @Override
    public void refused(GridException why) {
      ending.tell(why.getClass().getSimpleName() + ": " + why.getMessage());
    }
  }

  @AfterEach
  void end() {
    release.countDown();
    started.forEach(RuleThreads::close);
  }

  private RuleThreads start(int queueMax, Duration limit, Duration grace, int abandonedMax) {
    var made =
        new RuleThreads(
            "grid-rule-test",
            new RuleThreads.Bounds(1, queueMax, 256 << 10, limit, grace, abandonedMax, 1));
    made.start();
    started.add(made);
    return made;
  }

  /** Does not react to anything but the end of the test. */
  private void holdOn() {
    boolean isReleased = false;
    while (!isReleased) {
      try {
        release.await();
        isReleased = true;
      } catch (InterruptedException e) {
        // goes on: that is what it is for
      }
    }
  }

  private static Job submit(RuleThreads threads, Runnable body) {
    var job = new Job(body);
    threads.submit(job);
    return job;
  }

  @Test
  void runsOnThreadsOfItsOwn() {
    RuleThreads threads = start(10, LONG, LONG, 0);
    var names = new CompletableFuture<String>();
    Job job =
        submit(
            threads,
            () -> {
              Thread own = Thread.currentThread();
              names.complete(own.getName() + " " + own.isDaemon());
            });
    assertThat(job.ending().await()).isEqualTo("finished");
    assertThat(names.join()).isEqualTo("grid-rule-test-0 true");
  }

  @Test
  void interruptsWhatTakesTooLongAndNothingElse() {
    RuleThreads threads = start(1000, SHORT, LONG, 0);
    for (int i = 0; i < 20; i++) {
      var interrupted = new CompletableFuture<Boolean>();
      Job slow =
          submit(
              threads,
              () -> {
                while (!Thread.currentThread().isInterrupted()) {
                  Thread.onSpinWait();
                }
                interrupted.complete(true);
              });
      var next = new CompletableFuture<Boolean>();
      Job quick = submit(threads, () -> next.complete(Thread.currentThread().isInterrupted()));
      assertThat(slow.ending().await()).isEqualTo("finished");
      assertThat(quick.ending().await()).isEqualTo("finished");
      assertThat(next.join()).isFalse();
    }
  }

  @Test
  void givesThreadsUpThatGoOnAndReplacesThem() {
    RuleThreads threads = start(1000, MEDIUM, MEDIUM, 2);
    for (int given = 1; given <= 2; given++) {
      assertThat(submit(threads, this::holdOn).ending().await()).isEqualTo("abandoned");
      assertThat(threads.abandoned()).isEqualTo(given);
      assertThat(submit(threads, () -> {}).ending().await()).isEqualTo("finished");
      assertThat(threads.working()).isEqualTo(1);
    }
    // The third is one too many: nothing runs any more, and nothing waits for ever.
    assertThat(submit(threads, this::holdOn).ending().await()).isEqualTo("abandoned");
    assertThat(submit(threads, () -> {}).ending().await())
        .startsWith(GridOverloadedException.class.getSimpleName());
    assertThat(threads.working()).isZero();
    // Until those come to their ends.
    release.countDown();
    while (threads.working() == 0) {
      Thread.onSpinWait();
    }
    assertThat(submit(threads, () -> {}).ending().await()).isEqualTo("finished");
  }

  @Test
  void refusesWhatTheQueueDoesNotHold() {
    RuleThreads threads = start(2, LONG, LONG, 0);
    var runs = new CountDownLatch(1);
    Job first =
        submit(
            threads,
            () -> {
              runs.countDown();
              holdOn();
            });
    await(runs);
    Job second = submit(threads, () -> {});
    Job third = submit(threads, () -> {});
    assertThat(submit(threads, () -> {}).ending().await())
        .startsWith(GridOverloadedException.class.getSimpleName())
        .contains("waiting=2")
        .contains("grid.rule.queue-max");
    release.countDown();
    assertThat(first.ending().await()).isEqualTo("finished");
    assertThat(second.ending().await()).isEqualTo("finished");
    assertThat(third.ending().await()).isEqualTo("finished");
  }

  @Test
  void refusesAllThatWaitsWhenItCloses() {
    RuleThreads threads = start(10, LONG, LONG, 0);
    var runs = new CountDownLatch(1);
    Job running =
        submit(
            threads,
            () -> {
              runs.countDown();
              while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
              }
            });
    await(runs);
    Job waiting = submit(threads, () -> {});
    threads.close();
    assertThat(waiting.ending().await()).startsWith(GridUnavailableException.class.getSimpleName());
    assertThat(submit(threads, () -> {}).ending().await())
        .startsWith(GridUnavailableException.class.getSimpleName());
    assertThat(running.ending().await()).isEqualTo("finished");
  }

  @Test
  void outlivesTasksAndListenersThatThrow() {
    RuleThreads threads = start(10, LONG, LONG, 0);
    Job broken =
        submit(
            threads,
            () -> {
              throw new IllegalStateException("planted");
            });
    assertThat(broken.ending().await()).isEqualTo("finished");
    var twice = new Ending();
    twice.tell("before");
    threads.submit(new Job(() -> {}, twice));
    assertThat(submit(threads, () -> {}).ending().await()).isEqualTo("finished");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
