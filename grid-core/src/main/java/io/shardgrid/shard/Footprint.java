package io.shardgrid.shard;

import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import java.util.List;

/** Estimates the memory that operations and answers keep, for the bounds on them. */
final class Footprint {

  /** Objects around the bytes of an operation or an answer. */
  private static final int FRAME_BYTES = 128;

  private static final int ARRAY_BYTES = 24;

  private Footprint() {}

  static long of(Operation operation) {
    return FRAME_BYTES + bytesOf(operation.request());
  }

  static long of(Answer answer) {
    long bytes = FRAME_BYTES;
    if (answer instanceof Answer.Stored stored && stored.previous() != null) {
      bytes += stored.previous().length;
    } else if (answer instanceof Answer.Failed failed) {
      bytes += failed.message().length();
    } else if (answer instanceof Answer.Result result && result.bytes() != null) {
      bytes += result.bytes().length;
    }
    return bytes;
  }

  private static long bytesOf(Request request) {
    return switch (request.kind()) {
      case GET -> ((Request.Get) request).key().length;
      case PEEK -> ((Request.Peek) request).key().length;
      case PUT -> bytesOf((Request.Put) request);
      case REMOVE -> ((Request.Remove) request).key().length;
      case EXPIRE -> ((Request.Expire) request).key().length;
      case ADD -> ((Request.Add) request).key().length;
      case APPEND -> bytesOf((Request.Append) request);
      case GET_ALL -> bytesOf(((Request.GetAll) request).keys());
      case PUT_ALL -> bytesOf((Request.PutAll) request);
      case REMOVE_ALL -> bytesOf(((Request.RemoveAll) request).keys());
      case COUNT_ALL -> bytesOf(((Request.CountAll) request).keys());
      case INVOKE -> bytesOf((Request.Invoke) request);
      case SIZE, CLEAR, CLEAR_ALL, SCAN, EXPORT, DESCRIBE -> 0;
    };
  }

  private static long bytesOf(Request.Put put) {
    byte[] expected = put.condition().value();
    return (long) put.key().length + put.value().length + (expected == null ? 0L : expected.length);
  }

  private static long bytesOf(Request.Invoke invoke) {
    return (long) invoke.key().length + bytesOf(invoke.bytes()) + 8L * invoke.numbers().length;
  }

  private static long bytesOf(Request.Append append) {
    return (long) append.key().length + append.suffix().length;
  }

  private static long bytesOf(Request.PutAll putAll) {
    return bytesOf(putAll.keys()) + bytesOf(putAll.values());
  }

  static long bytesOf(List<byte[]> arrays) {
    long bytes = 0;
    for (byte[] array : arrays) {
      bytes += ARRAY_BYTES + array.length;
    }
    return bytes;
  }
}
