package io.shardgrid.baseline;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Supplier;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.execution.HBClock;
import org.jetbrains.kotlinx.lincheck.execution.ResultWithClock;
import org.jetbrains.kotlinx.lincheck.util.ValueResult;
import org.jetbrains.lincheck.datastructures.verifier.LinearizabilityVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Runs random scenarios on counters, as fast as threads of its own can, and has Lincheck's verifier
 * judge what they saw: is there an order of all operations, in accordance with who was done before
 * whom began, in which one thread alone would have seen the same?
 *
 * <p>Not Lincheck's own stress runner, as that rewrites every class that is loaded, and those of a
 * cluster are many, and some do not load without libraries that are not used.
 */
final class CounterStress {

  /** A number that threads add to. */
  interface Counter {
    long increment();

    long read();
  }

  static final int THREADS = 3;
  private static final int OPERATIONS = 4;

  /** One scenario: who does what, and, afterwards, what came of it. */
  private static final class Scenario {

    final Counter counter;
    final boolean[][] isRead = new boolean[THREADS][OPERATIONS];
    final AtomicIntegerArray done = new AtomicIntegerArray(THREADS);
    final List<List<ResultWithClock>> results = new ArrayList<>();

    Scenario(Counter counter, SplittableRandom random) {
      this.counter = counter;
      for (boolean[] operations : isRead) {
        results.add(new ArrayList<>());
        for (int i = 0; i < OPERATIONS; i++) {
          operations[i] = random.nextInt(4) == 0;
        }
      }
    }

    /** What thread {@code number} does; the clock says what it can know to be done before. */
    void run(int number) {
      for (boolean reads : isRead[number]) {
        int[] clock = new int[THREADS];
        for (int i = 0; i < THREADS; i++) {
          clock[i] = done.get(i);
        }
        long result = reads ? counter.read() : counter.increment();
        done.incrementAndGet(number);
        results.get(number).add(new ResultWithClock(new ValueResult(result), new HBClock(clock)));
      }
    }
  }

  private final LinearizabilityVerifier verifier;
  private final Actor increment;
  private final Actor read;
  private final Supplier<Counter> counters;
  private final SplittableRandom random;

  /** Written by one thread while all others wait at a barrier. */
  private @Nullable Scenario scenario;

  private @Nullable String violation;

  /**
   * Makes a run.
   *
   * @param sequential a public {@link Counter} that is right when it is alone, with a public
   *     constructor
   * @param counters makes what is checked; new for each scenario
   */
  CounterStress(
      Class<? extends Counter> sequential, Supplier<Counter> counters, SplittableRandom random)
      throws NoSuchMethodException {
    this.verifier = new LinearizabilityVerifier(sequential);
    this.increment = actor(sequential.getMethod("increment"));
    this.read = actor(sequential.getMethod("read"));
    this.counters = counters;
    this.random = random;
  }

  private static Actor actor(Method method) {
    return new Actor(method, List.of());
  }

  /** Runs scenarios until one of them cannot be explained, and returns it; null if all can. */
  @Nullable String findViolation(int scenarios) throws InterruptedException, ExecutionException {
    scenario = new Scenario(counters.get(), random);
    CyclicBarrier end = new CyclicBarrier(THREADS, this::judgeAndRenew);
    new Crowd()
        .with(
            THREADS,
            number -> {
              for (int i = 0; i < scenarios && violation == null; i++) {
                if (scenario != null) {
                  scenario.run(number);
                }
                end.await();
              }
            })
        .run();
    return violation;
  }

  private void judgeAndRenew() {
    Scenario ended = scenario;
    if (ended == null) {
      return;
    }
    ExecutionScenario operations =
        new ExecutionScenario(List.of(), actorsOf(ended), List.of(), null);
    ExecutionResult results = new ExecutionResult(List.of(), ended.results, List.of());
    if (!verifier.verifyResults(operations, results)) {
      violation = operations + System.lineSeparator() + results;
    }
    scenario = new Scenario(counters.get(), random);
  }

  private List<List<Actor>> actorsOf(Scenario ended) {
    List<List<Actor>> threads = new ArrayList<>();
    for (boolean[] operations : ended.isRead) {
      List<Actor> actors = new ArrayList<>();
      for (boolean reads : operations) {
        actors.add(reads ? read : increment);
      }
      threads.add(actors);
    }
    return threads;
  }
}
