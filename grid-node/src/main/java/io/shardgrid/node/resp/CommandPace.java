package io.shardgrid.node.resp;

import io.netty.channel.EventLoop;
import io.shardgrid.node.security.RateLimit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Holds a connection up that sends more than it may a second: it is not read until it may again.
 * Confined to the connection's event loop.
 */
final class CommandPace {

  private final @Nullable RateLimit limit;
  private final EventLoop loop;
  private final LongAdder heldUp;
  private final Runnable goOn;
  private boolean isOver;

  /**
   * Begins with a full burst.
   *
   * @param heldUp counts how often a connection had to wait
   * @param goOn has the connection read on
   */
  CommandPace(GuardSettings guards, EventLoop loop, LongAdder heldUp, Runnable goOn) {
    this.loop = loop;
    this.heldUp = heldUp;
    this.goOn = goOn;
    limit =
        guards.commandsPerSecond().isPresent()
            ? new RateLimit(
                guards.commandsPerSecond().getAsInt(), guards.commandsBurst(), System.nanoTime())
            : null;
  }

  /** Counts a command or an operation; at the bound no more are to be taken for a while. */
  void charge() {
    if (limit == null || limit.take(System.nanoTime()) || isOver) {
      return;
    }
    isOver = true;
    heldUp.increment();
    loop.schedule(this::resume, limit.waitNanos(System.nanoTime()), TimeUnit.NANOSECONDS);
  }

  private void resume() {
    isOver = false;
    goOn.run();
  }

  /** Whether the client has sent more than it may for now. */
  boolean isOver() {
    return isOver;
  }
}
