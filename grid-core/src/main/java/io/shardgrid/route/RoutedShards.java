package io.shardgrid.route;

import io.shardgrid.key.Slot;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.ExportPosition;
import io.shardgrid.wire.Request;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The shards of a cluster, asked one by one and in bytes: for what keeps data elsewhere, brings it
 * back, or tells what there is. Thread-safe.
 *
 * <p>Stages end as those of {@link io.shardgrid.map.AsyncMap}.
 */
public final class RoutedShards {

  /** What is asked of a whole shard names no map, but the form wants a name. */
  private static final String ANY = "*";

  private final Router router;
  private final Executor callbacks;

  /**
   * A view of the shards.
   *
   * @param callbacks runs what depends on stages that complete later than the call
   */
  public RoutedShards(Router router, Executor callbacks) {
    this.router = router;
    this.callbacks = callbacks;
  }

  /** How many there are. */
  public int count() {
    return router.shards();
  }

  /** The shard of a key. */
  public int of(byte[] key) {
    return Slot.shardOf(Slot.of(key), router.shards());
  }

  /** What a shard holds, map by map. */
  public CompletionStage<Answer.Description> describe(int shard) {
    return ask(ANY, shard, new Request.Describe(), Answer.Description.class);
  }

  /** Reads a stretch of a shard out: see {@link Request.Export}. */
  public CompletionStage<Answer.Exported> export(int shard, ExportPosition from, int bytesMax) {
    return ask(ANY, shard, new Request.Export(from, bytesMax), Answer.Exported.class);
  }

  /** Stores entries of one shard without deadlines, as one write. */
  public CompletionStage<Answer> store(
      int shard, String map, List<byte[]> keys, List<byte[]> values) {
    return ask(map, shard, new Request.PutAll(keys, values, Expiry.NEVER), Answer.class);
  }

  /** Stores an entry that expires at a moment, in milliseconds since 1970. */
  public CompletionStage<Answer> store(
      int shard, String map, byte[] key, byte[] value, long deadlineMillis) {
    Expiry expiry = Expiry.at(deadlineMillis);
    Request put = new Request.Put(key, value, expiry, Condition.ALWAYS, false);
    return ask(map, shard, put, Answer.class);
  }

  /**
   * A page of a shard's entries of a map: see {@link Request.Scan}.
   *
   * @param entriesMin about how many
   */
  public CompletionStage<Answer.Page> scan(
      int shard, String map, long position, int entriesMin, boolean wantsValues) {
    Request scan = new Request.Scan(position, entriesMin, wantsValues);
    return ask(map, shard, scan, Answer.Page.class);
  }

  /** The entry of a key of a shard: {@link Answer.Entry} or {@link Answer.Absent}. */
  public CompletionStage<Answer> find(int shard, String map, byte[] key) {
    return ask(map, shard, new Request.Get(key), Answer.class);
  }

  /** Removes a shard's entries of a map. */
  public CompletionStage<Answer> clear(int shard, String map) {
    return ask(map, shard, new Request.Clear(), Answer.class);
  }

  private <A extends Answer> CompletionStage<A> ask(
      String map, int shard, Request request, Class<A> type) {
    Call<A> call = Call.of(answer -> Answers.expected(type, answer), callbacks);
    router.submitOrWait(map, shard, request, router.settings().timeout().toNanos(), call);
    return call.submitted();
  }
}
