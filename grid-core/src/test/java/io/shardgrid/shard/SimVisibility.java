package io.shardgrid.shard;

import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.replica.Change;
import io.shardgrid.wire.replica.LoggedWrite;
import java.util.Arrays;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** R8: an answer tells of nothing that is not committed. */
final class SimVisibility {

  private final IdentityHashMap<Operation, Arrival> arrivals = new IdentityHashMap<>();

  /** Where the log of a primary ended when an operation came. */
  private record Arrival(long seat, long length) {}

  void arrived(Operation operation, ShardReplica replica) {
    if (replica.primary() != null) {
      ReplicaState state = replica.state();
      arrivals.put(operation, new Arrival(state.seat, state.log.length()));
    }
  }

  /** Whether an operation that is answered now saw, or was, a write that is not committed. */
  boolean isTooEarly(Operation operation, ReplicaState state) {
    Arrival arrival = arrivals.remove(operation);
    boolean isWrite = operation.request().kind().isWrite();
    if (arrival == null || arrival.seat() != state.seat) {
      return false;
    }
    long end = isWrite ? state.log.length() : Math.min(arrival.length(), state.log.length());
    for (long seq = Math.max(state.commit, state.log.base()) + 1; seq <= end; seq++) {
      LoggedWrite write = state.log.at(seq);
      if (isWrite ? isOf(operation, write) : touches(operation, write.change())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOf(Operation operation, LoggedWrite write) {
    LoggedWrite.Origin origin = write.origin();
    return origin != null
        && origin.client() == operation.client()
        && origin.seq() == operation.seq();
  }

  private static boolean touches(Operation operation, Change change) {
    if (change instanceof Change.Batch batch) {
      return batch.changes().stream().anyMatch(part -> touches(operation, part));
    }
    byte[] read = operation.request() instanceof Request.Get get ? get.key() : null;
    if (change instanceof Change.Put put) {
      return touches(operation, read, put.map(), put.key());
    }
    if (change instanceof Change.Remove remove) {
      return touches(operation, read, remove.map(), remove.key());
    }
    return false;
  }

  private static boolean touches(
      Operation operation, byte @Nullable [] read, String map, byte[] written) {
    return operation.map().equals(map) && (read == null || Arrays.equals(read, written));
  }
}
