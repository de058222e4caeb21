package io.shardgrid.shard;

import static java.util.Objects.requireNonNull;

import io.shardgrid.failure.ConcurrentShardAccessException;
import io.shardgrid.failure.FailureCode;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.replica.Change;
import org.jspecify.annotations.Nullable;

/** Carries requests out against the shard's state. Confined to its replica. */
final class RequestExecution {

  private final int shard;
  private final ShardStore store;
  private final @Nullable StoreSide stores;
  private final WriteLimits limits;
  private final EntryReads reads;
  private final EntryWrites writes;
  private final BulkWrites bulk;

  RequestExecution(
      int shard, ShardStore store, ReplicaSettings settings, @Nullable StoreSide stores) {
    this.stores = stores;
    this.shard = shard;
    this.store = store;
    this.limits = new WriteLimits(shard, store.maps());
    this.reads = new EntryReads(store, settings);
    this.writes = new EntryWrites(store, limits);
    this.bulk = new BulkWrites(store, writes, limits);
  }

  Answer read(String map, Request request) {
    try {
      return evaluateRead(map, request);
    } catch (ConcurrentShardAccessException e) {
      return concurrentAccess(map, e);
    }
  }

  /**
   * Carries a write out as one numbered write, whatever it comes to.
   *
   * @param ruling for what a rule decides; or that it cannot be carried out, which is its answer
   */
  Answer write(String map, Request request, @Nullable Ruling ruling) {
    // A write that changes nothing is numbered like any other. If only its answer were lost in a
    // change of the primary, its repeat would be carried out behind later writes of the same
    // caller, and might then find its condition met.
    Outcome outcome;
    boolean isInvoke = request.kind() == Request.Kind.INVOKE;
    try {
      outcome =
          ruling != null && !isInvoke
              ? Outcome.unchanged(ruling.answer())
              : evaluateWrite(map, request, ruling);
    } catch (ConcurrentShardAccessException e) {
      outcome = Outcome.unchanged(concurrentAccess(map, e));
    }
    try {
      StoredMap stored = stores == null ? null : stores.of(map);
      if (stored != null) {
        return numberStored(map, outcome, stored);
      }
      int wanted = outcome.change().parts();
      int done = store.number(outcome.change());
      return done == wanted ? outcome.answer() : noRoom(map, done, wanted);
    } catch (ConcurrentShardAccessException e) {
      return concurrentAccess(map, e);
    }
  }

  /** Numbers a write together with what says that the map's store does not have it yet. */
  private Answer numberStored(String map, Outcome evaluated, StoredMap stored) {
    Outcome excess = limits.exceededWithMark(evaluated.change(), stored);
    Outcome outcome = excess == null ? evaluated : excess;
    Change change = outcome.change();
    Change whole = requireNonNull(stores).marked(stored, change);
    int wanted = whole.parts();
    int done = store.number(whole);
    stored.numbered(change);
    return done == wanted
        ? outcome.answer()
        : noRoom(map, done * change.parts() / wanted, change.parts());
  }

  private Answer evaluateRead(String map, Request request) {
    return switch (request.kind()) {
      case GET -> reads.get(map, ((Request.Get) request).key(), true);
      case PEEK -> reads.get(map, ((Request.Peek) request).key(), false);
      case GET_ALL -> reads.getAll(map, ((Request.GetAll) request).keys());
      case COUNT_ALL -> reads.countAll(map, ((Request.CountAll) request).keys());
      case SIZE -> reads.size(map);
      case SCAN -> reads.scan(map, (Request.Scan) request);
      case DESCRIBE -> store.describe();
      case PUT,
          REMOVE,
          EXPIRE,
          ADD,
          APPEND,
          PUT_ALL,
          REMOVE_ALL,
          CLEAR,
          CLEAR_ALL,
          EXPORT,
          INVOKE ->
          throw new IllegalArgumentException("not a read: kind=" + request.kind());
    };
  }

  private Outcome evaluateWrite(String map, Request request, @Nullable Ruling ruling) {
    return switch (request.kind()) {
      case PUT -> writes.put(map, (Request.Put) request);
      case REMOVE -> writes.remove(map, (Request.Remove) request);
      case EXPIRE -> writes.expire(map, (Request.Expire) request);
      case ADD -> writes.add(map, (Request.Add) request);
      case APPEND -> writes.append(map, (Request.Append) request);
      case PUT_ALL -> bulk.putAll(map, (Request.PutAll) request);
      case REMOVE_ALL -> bulk.removeAll(map, ((Request.RemoveAll) request).keys());
      case CLEAR -> bulk.clear(map);
      case CLEAR_ALL -> bulk.clearAll();
      case INVOKE -> writes.ruled(map, (Request.Invoke) request, requireNonNull(ruling));
      case GET, PEEK, GET_ALL, COUNT_ALL, SIZE, SCAN, EXPORT, DESCRIBE ->
          throw new IllegalArgumentException("not a write: kind=" + request.kind());
    };
  }

  private Answer noRoom(String map, int done, int wanted) {
    String message = limits.noRoom(map, done, wanted);
    return new Answer.Failed(FailureCode.MEMORY_EXCEEDED, message);
  }

  private Answer concurrentAccess(String map, ConcurrentShardAccessException e) {
    return new Answer.Failed(
        FailureCode.CONCURRENT_ACCESS,
        "a map was used twice at once, which is a bug: map=%s, shard=%d, cause=%s"
            .formatted(map, shard, e.getMessage()));
  }
}
