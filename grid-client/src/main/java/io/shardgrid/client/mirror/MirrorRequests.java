package io.shardgrid.client.mirror;

import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a mirror has to know of requests. Stateless. */
final class MirrorRequests {

  private static final long OBJECT_BYTES = 200;

  private MirrorRequests() {}

  /** The key that it is about; null if it is about several, or a whole shard. */
  static byte @Nullable [] keyOf(Request request) {
    return switch (request.kind()) {
      case GET -> ((Request.Get) request).key();
      case PEEK -> ((Request.Peek) request).key();
      case PUT -> ((Request.Put) request).key();
      case REMOVE -> ((Request.Remove) request).key();
      case EXPIRE -> ((Request.Expire) request).key();
      case ADD -> ((Request.Add) request).key();
      case APPEND -> ((Request.Append) request).key();
      case INVOKE -> ((Request.Invoke) request).key();
      default -> null;
    };
  }

  /** The keys that it is about, one request each is made of; none if it is about a whole shard. */
  static List<byte[]> keysOf(Request request) {
    return switch (request.kind()) {
      case GET_ALL -> ((Request.GetAll) request).keys();
      case PUT_ALL -> ((Request.PutAll) request).keys();
      case REMOVE_ALL -> ((Request.RemoveAll) request).keys();
      default -> List.of();
    };
  }

  /** What is asked of one key of those. */
  static Request single(Request request, int number) {
    return switch (request.kind()) {
      case PUT_ALL -> {
        Request.PutAll all = (Request.PutAll) request;
        yield new Request.Put(
            all.keys().get(number),
            all.values().get(number),
            all.expiry(),
            Condition.ALWAYS,
            false);
      }
      case REMOVE_ALL ->
          new Request.Remove(
              ((Request.RemoveAll) request).keys().get(number), Condition.ALWAYS, false);
      default -> new Request.Get(((Request.GetAll) request).keys().get(number));
    };
  }

  /** Whether it depends on a version, which the other cluster has not. */
  static boolean isVersioned(Request request) {
    Condition condition =
        switch (request.kind()) {
          case PUT -> ((Request.Put) request).condition();
          case REMOVE -> ((Request.Remove) request).condition();
          default -> Condition.ALWAYS;
        };
    return condition.kind() == Condition.Kind.VERSION_IS;
  }

  /** How much memory a copy under way holds, roughly. */
  static long bytesOf(Request request) {
    return OBJECT_BYTES
        + switch (request.kind()) {
          case PUT -> {
            Request.Put put = (Request.Put) request;
            yield (long) put.key().length + put.value().length;
          }
          case APPEND -> {
            Request.Append append = (Request.Append) request;
            yield (long) append.key().length + append.suffix().length;
          }
          case INVOKE -> {
            Request.Invoke invoke = (Request.Invoke) request;
            yield invoke.key().length + invoke.bytes().stream().mapToLong(all -> all.length).sum();
          }
          default -> {
            byte[] key = keyOf(request);
            yield key == null ? 0 : key.length;
          }
        };
  }
}
