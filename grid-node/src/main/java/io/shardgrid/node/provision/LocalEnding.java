package io.shardgrid.node.provision;

import io.shardgrid.autoscale.Provision;
import io.shardgrid.autoscale.Provision.Accepted;
import io.shardgrid.autoscale.Provision.Failed;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Sees to it that a drained node's process ends: by itself, else by SIGTERM, which has it hand over
 * what it may have got since, else by SIGKILL. Thread-safe.
 */
final class LocalEnding {

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration KILLED_MAX = Duration.ofSeconds(10);

  private final LocalSettings settings;
  private final OrderDesk desk;

  LocalEnding(LocalSettings settings, OrderDesk desk) {
    this.settings = settings;
    this.desk = desk;
  }

  /** Completes when the process has ended, or does not. */
  CompletableFuture<Provision> end(NodeFolder folder) {
    String node = "node=" + folder.name();
    return gone(folder, settings.bounds().endTimeout())
        .thenCompose(
            isGone ->
                isGone
                    ? done("the node has ended: " + node)
                    : terminated(folder, "the node was ended by SIGTERM: " + node));
  }

  private CompletableFuture<Provision> terminated(NodeFolder folder, String text) {
    folder.living().ifPresent(ProcessHandle::destroy);
    return gone(folder, settings.bounds().killTimeout())
        .thenCompose(isGone -> isGone ? done(text) : killed(folder));
  }

  private CompletableFuture<Provision> killed(NodeFolder folder) {
    folder.living().ifPresent(ProcessHandle::destroyForcibly);
    String node = "node=" + folder.name() + ", pid=" + folder.state().pid();
    return gone(folder, KILLED_MAX)
        .thenApply(
            isGone ->
                isGone
                    ? new Accepted("the node did not end and was killed: " + node)
                    : new Failed("the node cannot be killed: " + node));
  }

  private CompletableFuture<Boolean> gone(NodeFolder folder, Duration timeout) {
    return gone(folder, System.nanoTime() + timeout.toNanos());
  }

  private CompletableFuture<Boolean> gone(NodeFolder folder, long deadlineNanos) {
    if (folder.living().isEmpty()) {
      return CompletableFuture.completedFuture(true);
    }
    if (System.nanoTime() - deadlineNanos >= 0) {
      return CompletableFuture.completedFuture(false);
    }
    return desk.pause(LOOK).thenCompose(over -> gone(folder, deadlineNanos));
  }

  private static CompletableFuture<Provision> done(String text) {
    return CompletableFuture.completedFuture(new Accepted(text));
  }
}
