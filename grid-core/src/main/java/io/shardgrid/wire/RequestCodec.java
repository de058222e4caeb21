package io.shardgrid.wire;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Objects;

/** The binary form of requests: the kind's code, then the fields in the order of the record. */
final class RequestCodec {

  private static final Request.Kind[] KINDS = Request.Kind.values();
  private static final Condition.Kind[] CONDITIONS = Condition.Kind.values();
  private static final Expiry.Kind[] EXPIRIES = Expiry.Kind.values();

  /** Kind, flags, and the numbers of the kind that has most of them. */
  private static final long FIXED_BYTES_MAX = 8 + 4 * Fields.NUMBER_BYTES_MAX;

  private RequestCodec() {}

  static long bytesMax(Request request) {
    if (request instanceof Request.Get get) {
      return FIXED_BYTES_MAX + get.key().length;
    } else if (request instanceof Request.Put put) {
      return FIXED_BYTES_MAX + sum(put.key(), put.value()) + bytesMax(put.condition());
    } else if (request instanceof Request.Peek peek) {
      return FIXED_BYTES_MAX + peek.key().length;
    } else if (request instanceof Request.Remove remove) {
      return FIXED_BYTES_MAX + remove.key().length + bytesMax(remove.condition());
    } else if (request instanceof Request.Expire expire) {
      return FIXED_BYTES_MAX + expire.key().length;
    } else if (request instanceof Request.Add add) {
      return FIXED_BYTES_MAX + add.key().length;
    } else if (request instanceof Request.Append append) {
      return FIXED_BYTES_MAX + sum(append.key(), append.suffix());
    }
    return FIXED_BYTES_MAX + bytesMaxOfMany(request);
  }

  private static long bytesMaxOfMany(Request request) {
    if (request instanceof Request.GetAll all) {
      return sum(all.keys());
    } else if (request instanceof Request.PutAll all) {
      return sum(all.keys()) + sum(all.values());
    } else if (request instanceof Request.RemoveAll all) {
      return sum(all.keys());
    } else if (request instanceof Request.CountAll all) {
      return sum(all.keys());
    }
    return 0;
  }

  private static long bytesMax(Condition condition) {
    byte[] value = condition.value();
    return value == null ? 0 : value.length;
  }

  private static long sum(byte[] first, byte[] second) {
    return (long) first.length + second.length;
  }

  private static long sum(List<byte[]> all) {
    long sum = (long) all.size() * Fields.NUMBER_BYTES_MAX;
    for (int i = 0; i < all.size(); i++) {
      sum += all.get(i).length;
    }
    return sum;
  }

  static void write(ByteBuf out, Request request) {
    Fields.writeCode(out, request.kind());
    if (request instanceof Request.Get get) {
      Fields.writeBytes(out, get.key());
    } else if (request instanceof Request.Put put) {
      writePut(out, put);
    } else if (request instanceof Request.Peek peek) {
      Fields.writeBytes(out, peek.key());
    } else if (request instanceof Request.Remove remove) {
      Fields.writeBytes(out, remove.key());
      writeCondition(out, remove.condition());
      out.writeBoolean(remove.wantsPrevious());
    } else if (request instanceof Request.Expire expire) {
      Fields.writeBytes(out, expire.key());
      writeExpiry(out, expire.expiry());
      out.writeBoolean(expire.wantsValue());
    } else if (request instanceof Request.Add add) {
      Fields.writeBytes(out, add.key());
      Fields.writeSigned(out, add.delta());
    } else if (request instanceof Request.Append append) {
      Fields.writeBytes(out, append.key());
      Fields.writeBytes(out, append.suffix());
    } else {
      writeOfMany(out, request);
    }
  }

  private static void writeOfMany(ByteBuf out, Request request) {
    if (request instanceof Request.GetAll all) {
      Fields.writeList(out, all.keys(), Fields::writeBytes);
    } else if (request instanceof Request.PutAll all) {
      Fields.writeList(out, all.keys(), Fields::writeBytes);
      Fields.writeList(out, all.values(), Fields::writeBytes);
      writeExpiry(out, all.expiry());
    } else if (request instanceof Request.RemoveAll all) {
      Fields.writeList(out, all.keys(), Fields::writeBytes);
    } else if (request instanceof Request.CountAll all) {
      Fields.writeList(out, all.keys(), Fields::writeBytes);
    } else if (request instanceof Request.Scan scan) {
      out.writeLong(scan.position());
      Fields.writeNumber(out, scan.entriesMin());
      out.writeBoolean(scan.wantsValues());
    }
  }

  private static void writePut(ByteBuf out, Request.Put put) {
    Fields.writeBytes(out, put.key());
    Fields.writeBytes(out, put.value());
    writeExpiry(out, put.expiry());
    writeCondition(out, put.condition());
    out.writeBoolean(put.wantsPrevious());
  }

  private static void writeExpiry(ByteBuf out, Expiry expiry) {
    Fields.writeCode(out, expiry.kind());
    if (expiry.kind() == Expiry.Kind.AFTER || expiry.kind() == Expiry.Kind.AT) {
      Fields.writeSigned(out, expiry.millis());
    }
  }

  private static void writeCondition(ByteBuf out, Condition condition) {
    Fields.writeCode(out, condition.kind());
    if (condition.kind() == Condition.Kind.VALUE_IS) {
      Fields.writeBytes(out, Objects.requireNonNull(condition.value()));
    } else if (condition.kind() == Condition.Kind.VERSION_IS) {
      Fields.writeNumber(out, condition.version());
    }
  }

  static Request read(ByteBuf in) {
    Request.Kind kind = Fields.readCode(in, "kind of request", KINDS);
    return switch (kind) {
      case GET -> new Request.Get(Fields.readBytes(in));
      case PEEK -> new Request.Peek(Fields.readBytes(in));
      case PUT ->
          new Request.Put(
              Fields.readBytes(in),
              Fields.readBytes(in),
              readExpiry(in),
              readCondition(in),
              Fields.readFlag(in));
      case REMOVE ->
          new Request.Remove(Fields.readBytes(in), readCondition(in), Fields.readFlag(in));
      case EXPIRE -> new Request.Expire(Fields.readBytes(in), readExpiry(in), Fields.readFlag(in));
      case ADD -> new Request.Add(Fields.readBytes(in), Fields.readSigned(in));
      case APPEND -> new Request.Append(Fields.readBytes(in), Fields.readBytes(in));
      case GET_ALL -> new Request.GetAll(readKeys(in));
      case PUT_ALL -> readPutAll(in);
      case REMOVE_ALL -> new Request.RemoveAll(readKeys(in));
      case COUNT_ALL -> new Request.CountAll(readKeys(in));
      case SIZE -> new Request.Size();
      case CLEAR -> new Request.Clear();
      case CLEAR_ALL -> new Request.ClearAll();
      case SCAN ->
          new Request.Scan(
              Fields.readLong(in),
              Fields.readSmall(in, "entries of a page", Integer.MAX_VALUE),
              Fields.readFlag(in));
    };
  }

  private static List<byte[]> readKeys(ByteBuf in) {
    return Fields.readList(in, Fields::readBytes);
  }

  private static Request readPutAll(ByteBuf in) {
    List<byte[]> keys = readKeys(in);
    List<byte[]> values = readKeys(in);
    if (keys.size() != values.size()) {
      throw new WireException(
          "keys and values differ in number: keys=" + keys.size() + ", values=" + values.size());
    }
    return new Request.PutAll(keys, values, readExpiry(in));
  }

  private static Expiry readExpiry(ByteBuf in) {
    return switch (Fields.readCode(in, "expiry", EXPIRIES)) {
      case NEVER -> Expiry.NEVER;
      case KEEP -> Expiry.KEEP;
      case AFTER -> Expiry.after(Fields.readSigned(in));
      case AT -> Expiry.at(Fields.readSigned(in));
    };
  }

  private static Condition readCondition(ByteBuf in) {
    return switch (Fields.readCode(in, "condition", CONDITIONS)) {
      case ALWAYS -> Condition.ALWAYS;
      case ABSENT -> Condition.ABSENT;
      case PRESENT -> Condition.PRESENT;
      case VALUE_IS -> Condition.valueIs(Fields.readBytes(in));
      case VERSION_IS -> Condition.versionIs(Fields.readNumber(in));
    };
  }
}
