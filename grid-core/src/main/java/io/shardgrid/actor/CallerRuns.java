package io.shardgrid.actor;

import com.typesafe.config.Config;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/**
 * The executor of the shards' dispatcher: the thread that brings a message to an idle shard runs
 * the shard's turn itself; everything else goes to a pool.
 *
 * <p>A shard stays an actor: its mailbox lets one thread in at a time, and a busy shard's messages
 * are left to the thread that is in. What is saved is the hand-over: waking another thread takes
 * many times as long as a turn, and a caller that waits would pay for it twice.
 *
 * <p>Thread-safe.
 */
public final class CallerRuns extends ExecutorServiceConfigurator {

  /** The permit of this thread: one run, for the message it is just handing over. */
  private static final ThreadLocal<Permit> PERMIT = ThreadLocal.withInitial(Permit::new);

  private final int threads;

  /** Called by Pekko, with the dispatcher's own section. */
  public CallerRuns(Config config, DispatcherPrerequisites prerequisites) {
    super(config, prerequisites);
    this.threads = config.getInt("pool-threads");
  }

  /**
   * Begins a turn without a message; ends with {@link #endTurn}.
   *
   * @return false if this thread is in a turn already; that one goes on
   */
  static boolean beginTurn() {
    Permit permit = PERMIT.get();
    if (permit.isRunning) {
      return false;
    }
    permit.begin();
    return true;
  }

  static void endTurn() {
    PERMIT.get().end();
  }

  /** Hands a message to a shard; its turn may have ended when this returns. */
  static <T> void tell(ActorRef<T> shard, T message) {
    Permit permit = PERMIT.get();
    if (permit.isRunning) {
      shard.tell(message);
      return;
    }
    permit.isHeld = true;
    try {
      shard.tell(message);
    } finally {
      permit.isHeld = false;
    }
  }

  /**
   * Begins a batch: what this thread brings from here on has come together. Ends with {@link
   * #endBatch}; batches do not nest.
   */
  static void beginBatch() {
    PERMIT.get().isInBatch = true;
  }

  /**
   * Has something run by this thread at the end of its batch.
   *
   * @return false if this thread has none
   */
  static boolean behindBatch(Runnable task) {
    Permit permit = PERMIT.get();
    if (permit.isInBatch) {
      permit.behindBatch.add(task);
    }
    return permit.isInBatch;
  }

  /** Ends the batch, and runs what waits for that. */
  static void endBatch() {
    Permit permit = PERMIT.get();
    permit.isInBatch = false;
    Runnable next = permit.behindBatch.poll();
    while (next != null) {
      next.run();
      next = permit.behindBatch.poll();
    }
  }

  @Override
  public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory factory) {
    return () -> new InlineExecutor(newPool());
  }

  /**
   * First come, first served. A fork-join pool is not: there a thread goes on with what its own
   * turns have set off as long as there is any, and with all threads busy so, messages from other
   * threads wait for ever. What waits is bounded: a shard is in the queue once at most.
   */
  private ExecutorService newPool() {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        turn -> {
          Thread thread = new Thread(turn, "grid-shard-" + number.getAndIncrement());
          thread.setDaemon(true);
          return thread;
        });
  }

  private static final class Permit {
    private final ArrayDeque<Runnable> behindBatch = new ArrayDeque<>();
    private boolean isHeld;
    private boolean isRunning;
    private boolean isInBatch;
    private boolean wasInterrupted;

    /** The actor must not see the caller's interrupt: its mailbox would take it for its own. */
    private void begin() {
      isRunning = true;
      wasInterrupted = Thread.interrupted();
    }

    private void end() {
      isRunning = false;
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static final class InlineExecutor extends AbstractExecutorService {
    private final ExecutorService pool;

    InlineExecutor(ExecutorService pool) {
      this.pool = pool;
    }

    @Override
    public void execute(Runnable turn) {
      Permit permit = PERMIT.get();
      if (!permit.isHeld) {
        pool.execute(turn);
        return;
      }
      permit.isHeld = false;
      permit.begin();
      try {
        turn.run();
      } finally {
        permit.end();
      }
    }

    @Override
    public void shutdown() {
      pool.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
      return pool.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
      return pool.isShutdown();
    }

    @Override
    public boolean isTerminated() {
      return pool.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
      return pool.awaitTermination(timeout, unit);
    }
  }
}
