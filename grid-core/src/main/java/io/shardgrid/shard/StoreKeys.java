package io.shardgrid.shard;

import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Request;
import java.util.List;

/** Which keys of a request have to do with a store. */
final class StoreKeys {

  private StoreKeys() {}

  /** Those whose entries the answer, or what is done, depends on. */
  static List<byte[]> looked(Request request) {
    return switch (request.kind()) {
      case GET -> List.of(((Request.Get) request).key());
      case PEEK -> List.of(((Request.Peek) request).key());
      case GET_ALL -> ((Request.GetAll) request).keys();
      case COUNT_ALL -> ((Request.CountAll) request).keys();
      case PUT -> looked((Request.Put) request);
      case REMOVE -> List.of(((Request.Remove) request).key());
      case EXPIRE -> List.of(((Request.Expire) request).key());
      case ADD -> List.of(((Request.Add) request).key());
      case APPEND -> List.of(((Request.Append) request).key());
      case INVOKE -> List.of(((Request.Invoke) request).key());
      case REMOVE_ALL -> ((Request.RemoveAll) request).keys();
      case PUT_ALL, CLEAR, CLEAR_ALL, SIZE, SCAN, EXPORT, DESCRIBE -> List.of();
    };
  }

  private static List<byte[]> looked(Request.Put put) {
    boolean isBlind = put.condition().kind() == Condition.Kind.ALWAYS && !put.wantsPrevious();
    return isBlind ? List.of() : List.of(put.key());
  }

  /** Those that it may write. */
  static List<byte[]> written(Request request) {
    if (!request.kind().isWrite()) {
      return List.of();
    }
    if (request instanceof Request.PutAll all) {
      return all.keys();
    }
    if (request instanceof Request.RemoveAll all) {
      return all.keys();
    }
    byte[] key = request.key();
    return key == null ? List.of() : List.of(key);
  }
}
