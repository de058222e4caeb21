package io.shardgrid.client.mirror;

import io.shardgrid.failure.GridException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.key.Slot;
import io.shardgrid.route.Outcome;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * An operation of the mirror's own, which a thread of its own waits for. Its time is taken where
 * the answer arrives, before that thread is woken.
 */
final class Waited implements Outcome {

  private final CompletableFuture<Timed> reply = new CompletableFuture<>();
  private final LongSupplier nanoClock;
  private final long beganNanos;

  /**
   * How an operation ended.
   *
   * @param nanos from asking until then
   */
  record Timed(SideReply reply, long nanos) {}

  private Waited(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.beganNanos = nanoClock.getAsLong();
  }

  /** Asks a cluster, and waits. Blocks for twice the timeout at most. */
  static Timed ask(
      MirrorCluster cluster, KeyRef key, Request request, long timeoutNanos, LongSupplier nanoClock)
      throws InterruptedException {
    int shard = Slot.shardOf(Slot.of(key.key()), cluster.shards());
    Waited waited = new Waited(nanoClock);
    cluster.ask(key.map(), shard, request, timeoutNanos, waited);
    return waited.await(2 * timeoutNanos);
  }

  @Override
  public void resolved(Answer answer) {
    ended(SideReply.of(answer));
  }

  @Override
  public void failed(GridException failure) {
    ended(SideReply.of(failure));
  }

  private void ended(SideReply with) {
    reply.complete(new Timed(with, nanoClock.getAsLong() - beganNanos));
  }

  @Override
  public TraceContext asker() {
    return TraceContext.UNSAMPLED;
  }

  private Timed await(long nanos) throws InterruptedException {
    try {
      return reply.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      // A cluster ends each operation by its deadline; whoever does not is none.
      return new Timed(
          SideReply.of(new GridUnavailableException("The cluster does not answer")), nanos);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
