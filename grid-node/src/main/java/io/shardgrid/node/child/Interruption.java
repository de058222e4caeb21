package io.shardgrid.node.child;

import io.shardgrid.node.cli.ExitCode;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stops what a command has started when the process is asked to end, as by Ctrl-C, and ends it with
 * a code of its own.
 *
 * <p>Thread-safe.
 */
public final class Interruption {

  /** Ctrl-C reaches the nodes too: their end may be seen a moment before the own hook runs. */
  private static final long GRACE_MILLIS = 1_000;

  /** What belongs to no cluster, and is to be ended as well. */
  private static final Set<Runnable> OTHERS = ConcurrentHashMap.newKeySet();

  private final Runnable cleanup;
  private final Thread hook;
  private final CountDownLatch begun = new CountDownLatch(1);
  private volatile ExitCode exitCode = ExitCode.INTERRUPTED;

  private Interruption(Runnable cleanup) {
    this.cleanup = cleanup;
    this.hook = new Thread(this::stop, "child-stop");
  }

  /** Watches over a cluster from now on, to stop its nodes and to remove their logs. */
  public static Interruption watch(ChildCluster cluster) {
    return watch(
        () -> {
          cluster.stop();
          cluster.removeLogs();
        });
  }

  /** Watches from now on, to do this when the process is asked to end. */
  public static Interruption watch(Runnable cleanup) {
    Interruption interruption = new Interruption(cleanup);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Whoever watches does this as well; it may come while the same is done elsewhere. */
  public static void alsoEnd(Runnable other) {
    OTHERS.add(other);
  }

  /** That has been done. */
  public static void hasEnded(Runnable other) {
    OTHERS.remove(other);
  }

  /** From now on to be asked to end is the normal end. */
  public void expect() {
    exitCode = ExitCode.OK;
  }

  /** Ends the watch. Does not return if the process is about to end. */
  public void forget(boolean isSuspicious) {
    try {
      if (isSuspicious && begun.await(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
        hook.join();
      }
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      // The process is ending: the hook, which ends it, has the word.
      joinHook();
    }
  }

  private void joinHook() {
    try {
      hook.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop() {
    begun.countDown();
    try {
      OTHERS.forEach(Runnable::run);
      cleanup.run();
    } finally {
      Runtime.getRuntime().halt(exitCode.number());
    }
  }
}
