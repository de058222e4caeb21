package io.shardgrid.rule;

import io.shardgrid.failure.GridException;
import io.shardgrid.failure.GridOverloadedException;
import io.shardgrid.failure.GridUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that run rules and nothing else: so many, a bounded queue before them, and a watch that
 * interrupts whatever takes too long. Thread-safe.
 *
 * <p>A thread that goes on although it was interrupted is given up: what it ran is told to have
 * failed, and another thread takes its place, as long as there are not too many of these. With all
 * places taken so, everything is refused.
 */
final class RuleThreads implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RuleThreads.class);
  private static final long TICK_MIN_NANOS = 1_000_000;
  private static final long TICK_MAX_NANOS = 50_000_000;

  /** Rounds that see nothing before the watch sleeps: whoever wakes it pays for that. */
  private static final int IDLE_TICKS_MAX = 50;

  /** Something to run. Of the last three one is called, once, and {@code finish} behind a run. */
  interface Task {

    /** Runs, and may be interrupted. Keeps whatever it throws to itself. */
    void run(RuleInstances instances);

    /** It has run: tells how it ended. Nobody interrupts it here. */
    void finish();

    /** It was given up, and may still be running. */
    void abandoned();

    /** It was not run. */
    void refused(GridException why);
  }

  /**
   * Bounds.
   *
   * @param threads how many
   * @param queueMax tasks that wait
   * @param stackBytes of each
   * @param limit how long a task may take
   * @param abandonAfter how long it may go on after it was interrupted
   * @param abandonedMax threads that were given up and still run
   * @param instancesMax instances of modules that each keeps
   */
  record Bounds(
      int threads,
      int queueMax,
      long stackBytes,
      Duration limit,
      Duration abandonAfter,
      int abandonedMax,
      int instancesMax) {}

  private final String name;
  private final Bounds bounds;
  private final ArrayBlockingQueue<Task> queue;
  private final Worker[] places;
  private final AtomicInteger working = new AtomicInteger();
  private final AtomicInteger abandoned = new AtomicInteger();
  private final Thread watch;
  private final AtomicBoolean hasStarted = new AtomicBoolean();
  private volatile boolean isAsleep;
  private volatile boolean isClosed;

  RuleThreads(String name, Bounds bounds) {
    this.name = name;
    this.bounds = bounds;
    this.queue = new ArrayBlockingQueue<>(bounds.queueMax());
    this.places = new Worker[bounds.threads()];
    for (int i = 0; i < places.length; i++) {
      places[i] = new Worker(i);
      working.incrementAndGet();
    }
    this.watch = new Thread(this::watch, name + "-watch");
    watch.setDaemon(true);
  }

  /** Begins, if it has not. */
  void start() {
    if (hasStarted.compareAndSet(false, true)) {
      for (Worker worker : places) {
        worker.thread.start();
      }
      watch.start();
    }
  }

  /** Hands a task over, or refuses it. Never waits. */
  void submit(Task task) {
    if (working.get() == 0) {
      task.refused(stuck());
    } else if (isClosed) {
      task.refused(closed());
    } else if (!queue.offer(task)) {
      task.refused(
          new GridOverloadedException(
              "Too many rules wait for a thread: waiting="
                  + bounds.queueMax()
                  + ", threads="
                  + bounds.threads()
                  + "; try again later, or raise grid.rule.queue-max or threads"));
    } else if ((isClosed || working.get() == 0) && queue.remove(task)) {
      task.refused(isClosed ? closed() : stuck());
    }
  }

  private GridException stuck() {
    return new GridOverloadedException(
        "No thread is left for rules, all were given up: abandoned=" + abandoned.get());
  }

  private static GridException closed() {
    return new GridUnavailableException("The node is closing and runs no more rules");
  }

  int waiting() {
    return queue.size();
  }

  /** Threads that take tasks. */
  int working() {
    return working.get();
  }

  /** Threads that were given up and still run. */
  int abandoned() {
    return abandoned.get();
  }

  @Override
  public void close() {
    isClosed = true;
    refuseWaiting(closed());
    LockSupport.unpark(watch);
  }

  private void refuseWaiting(GridException why) {
    List<Task> waiting = new ArrayList<>();
    queue.drainTo(waiting);
    waiting.forEach(task -> quietly(() -> task.refused(why)));
  }

  private static void quietly(Runnable told) {
    try {
      told.run();
    } catch (Throwable e) { // what is told is not ours, and the thread is
      LOG.error("Whoever was told how a rule ended failed", e);
    }
  }

  private void watch() {
    long tickNanos =
        Math.max(TICK_MIN_NANOS, Math.min(TICK_MAX_NANOS, bounds.limit().toNanos() / 8));
    int idleTicks = 0;
    while (!isClosed) {
      boolean isBusy = false;
      for (int i = 0; i < places.length; i++) {
        isBusy |= look(i);
      }
      if (working.get() == 0) {
        refuseWaiting(stuck());
      }
      idleTicks = isBusy ? 0 : idleTicks + 1;
      if (idleTicks <= IDLE_TICKS_MAX) {
        LockSupport.parkNanos(this, tickNanos);
      } else {
        sleep();
        idleTicks = 0;
      }
    }
    for (Worker worker : places) {
      worker.thread.interrupt();
    }
  }

  /** Until somebody begins something, whom this word makes say so. */
  private void sleep() {
    isAsleep = true;
    for (Worker worker : places) {
      if (worker.isWatched()) {
        isAsleep = false;
      }
    }
    while (isAsleep && !isClosed) {
      LockSupport.park(this);
    }
    isAsleep = false;
  }

  private void wake() {
    if (isAsleep) {
      isAsleep = false;
      LockSupport.unpark(watch);
    }
  }

  /** Whether there is something to watch at this place. */
  private boolean look(int place) {
    Worker worker = places[place];
    if (worker.isGivenUp) {
      replace(place);
      return true;
    }
    long state = worker.state.word();
    switch (worker.watch.judge(state, System.nanoTime())) {
      case INTERRUPT -> worker.state.interrupt(state, worker.thread);
      case ABANDON -> giveUp(place, state);
      case NONE -> {}
    }
    return places[place].isWatched();
  }

  private void giveUp(int place, long state) {
    Worker worker = places[place];
    Task task = worker.task;
    if (worker.state.abandon(state)) {
      worker.isGivenUp = true;
      abandoned.incrementAndGet();
      // Before anybody is told: who then asks again finds a thread.
      replace(place);
      working.decrementAndGet();
      LOG.error(
          "A thread runs a rule on although it was interrupted, and is given up: thread={}",
          worker.thread.getName());
      if (task != null) {
        quietly(task::abandoned);
      }
    }
  }

  private void replace(int place) {
    if (abandoned.get() <= bounds.abandonedMax()) {
      working.incrementAndGet();
      places[place] = new Worker(place);
      places[place].thread.start();
    }
  }

  /** A thread, and what it does now. */
  private final class Worker implements Runnable {

    private final Thread thread;
    private final WorkerState state = new WorkerState();
    private final CallWatch watch =
        new CallWatch(bounds.limit().toNanos(), bounds.abandonAfter().toNanos());
    private volatile @Nullable Task task;

    /** Confined to the watch. */
    private boolean isGivenUp;

    Worker(int place) {
      thread = new Thread(null, this, name + "-" + place, bounds.stackBytes());
      thread.setDaemon(true);
    }

    /** A place without a thread is watched, too: for the end of those that hold it. */
    boolean isWatched() {
      return isGivenUp || state.isBusy();
    }

    @Override
    public void run() {
      var instances = new RuleInstances(bounds.instancesMax());
      while (!isClosed) {
        Task next;
        try {
          next = queue.take();
        } catch (InterruptedException e) {
          continue; // closed, or else of no meaning: nobody interrupts between calls
        }
        task = next;
        state.begin();
        wake();
        runQuietly(next, instances);
        if (!state.end()) {
          abandoned.decrementAndGet();
          return;
        }
        task = null;
        quietly(next::finish);
      }
    }

    private static void runQuietly(Task next, RuleInstances instances) {
      try {
        next.run(instances);
      } catch (Throwable e) { // it keeps them to itself: a bug, which must not end the thread
        LOG.error("A rule's task failed", e);
      }
    }
  }
}
