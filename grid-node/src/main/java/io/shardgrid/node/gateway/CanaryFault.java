package io.shardgrid.node.gateway;

import io.shardgrid.client.mirror.MirrorCluster;
import io.shardgrid.failure.GridException;
import io.shardgrid.route.Outcome;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Request;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A fault that is planted between a mirror and a real canary, for trials. */
enum CanaryFault {
  /** Times to live are halved on their way. */
  WRONG_TTL,
  /** One write of a hundred is acknowledged and not carried out. */
  LOST_WRITES,
  /** Answers take twice the time. */
  TWICE_THE_LATENCY;

  private static final int LOST_OF = 100;

  /**
   * A canary with this fault.
   *
   * @param timer delays answers
   */
  MirrorCluster plant(MirrorCluster canary, ScheduledExecutorService timer) {
    AtomicLong writes = new AtomicLong();
    return new MirrorCluster() {
      @Override
      public int shards() {
        return canary.shards();
      }

      @Override
      public void ask(String map, int shard, Request request, long timeoutNanos, Outcome outcome) {
        boolean isPut = request.kind() == Request.Kind.PUT;
        if (CanaryFault.this == LOST_WRITES && isPut && writes.incrementAndGet() % LOST_OF == 0) {
          outcome.resolved(new Answer.Stored(true, 0, null));
          return;
        }
        Request made =
            CanaryFault.this == WRONG_TTL && request instanceof Request.Put put
                ? halved(put)
                : request;
        Outcome told = CanaryFault.this == TWICE_THE_LATENCY ? new Late(outcome, timer) : outcome;
        canary.ask(map, shard, made, timeoutNanos, told);
      }
    };
  }

  private static Request halved(Request.Put put) {
    return put.expiry().kind() == Expiry.Kind.AFTER
        ? new Request.Put(
            put.key(),
            put.value(),
            Expiry.after(Math.max(1, put.expiry().millis() / 2)),
            put.condition(),
            put.wantsPrevious())
        : put;
  }

  /** Tells an answer when twice the time has passed. */
  private static final class Late implements Outcome {
    private final Outcome outcome;
    private final ScheduledExecutorService timer;
    private final long beganNanos = System.nanoTime();

    Late(Outcome outcome, ScheduledExecutorService timer) {
      this.outcome = outcome;
      this.timer = timer;
    }

    @Override
    public void resolved(Answer answer) {
      later(() -> outcome.resolved(answer));
    }

    @Override
    public void failed(GridException failure) {
      later(() -> outcome.failed(failure));
    }

    private void later(Runnable told) {
      timer.schedule(told, System.nanoTime() - beganNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public @Nullable TraceContext asker() {
      return outcome.asker();
    }
  }
}
