package io.shardgrid.route;

import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Request;
import java.util.List;

/** How many bytes of memory a waiting request holds, roughly: its keys, values and the objects. */
final class RequestBytes {

  private static final long OBJECTS = 100;
  private static final long PER_KEY = 24;

  private RequestBytes() {}

  static long of(Request request) {
    return OBJECTS
        + switch (request.kind()) {
          case PUT -> {
            Request.Put put = (Request.Put) request;
            yield put.key().length + put.value().length + bytes(put.condition());
          }
          case GET -> ((Request.Get) request).key().length;
          case PEEK -> ((Request.Peek) request).key().length;
          case REMOVE -> {
            Request.Remove remove = (Request.Remove) request;
            yield remove.key().length + bytes(remove.condition());
          }
          case EXPIRE -> ((Request.Expire) request).key().length;
          case ADD -> ((Request.Add) request).key().length;
          case APPEND -> {
            Request.Append append = (Request.Append) request;
            yield append.key().length + append.suffix().length;
          }
          case PUT_ALL -> {
            Request.PutAll all = (Request.PutAll) request;
            yield sum(all.keys()) + sum(all.values());
          }
          case GET_ALL -> sum(((Request.GetAll) request).keys());
          case REMOVE_ALL -> sum(((Request.RemoveAll) request).keys());
          case COUNT_ALL -> sum(((Request.CountAll) request).keys());
          case INVOKE -> {
            Request.Invoke invoke = (Request.Invoke) request;
            yield invoke.key().length + sum(invoke.bytes()) + 8L * invoke.numbers().length;
          }
          case SIZE, CLEAR, CLEAR_ALL, SCAN, EXPORT, DESCRIBE -> 0;
        };
  }

  private static int bytes(Condition condition) {
    byte[] value = condition.value();
    return value == null ? 0 : value.length;
  }

  private static long sum(List<byte[]> arrays) {
    long bytes = PER_KEY * arrays.size();
    for (byte[] array : arrays) {
      bytes += array.length;
    }
    return bytes;
  }
}
