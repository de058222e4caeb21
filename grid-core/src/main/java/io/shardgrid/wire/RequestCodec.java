package io.shardgrid.wire;

import java.util.List;
import java.util.Objects;

/** The binary form of requests: the kind's code, then the fields in the order of the record. */
final class RequestCodec {

  private static final Request.Kind[] KINDS = Request.Kind.values();
  private static final Condition.Kind[] CONDITIONS = Condition.Kind.values();
  private static final Expiry.Kind[] EXPIRIES = Expiry.Kind.values();

  private static final int NUMBERS_MAX = 1_000;

  /** Kind, flags, and the numbers of the kind that has most of them. */
  private static final long FIXED_BYTES_MAX = 8 + 4 * WireFormat.NUMBER_BYTES_MAX;

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
    } else if (request instanceof Request.Invoke invoke) {
      return invoke.key().length
          + 3L * (invoke.rule().length() + invoke.function().length())
          + (2L + invoke.numbers().length) * WireFormat.NUMBER_BYTES_MAX
          + sum(invoke.bytes());
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
    long sum = (long) all.size() * WireFormat.NUMBER_BYTES_MAX;
    for (int i = 0; i < all.size(); i++) {
      sum += all.get(i).length;
    }
    return sum;
  }

  static void write(WireWriter out, Request request) {
    out.writeCode(request.kind());
    if (request instanceof Request.Get get) {
      out.writeBytes(get.key());
    } else if (request instanceof Request.Put put) {
      writePut(out, put);
    } else if (request instanceof Request.Peek peek) {
      out.writeBytes(peek.key());
    } else if (request instanceof Request.Remove remove) {
      out.writeBytes(remove.key());
      writeCondition(out, remove.condition());
      out.writeFlag(remove.wantsPrevious());
    } else if (request instanceof Request.Expire expire) {
      out.writeBytes(expire.key());
      writeExpiry(out, expire.expiry());
      out.writeFlag(expire.wantsValue());
    } else if (request instanceof Request.Add add) {
      out.writeBytes(add.key());
      out.writeSigned(add.delta());
    } else if (request instanceof Request.Append append) {
      out.writeBytes(append.key());
      out.writeBytes(append.suffix());
    } else {
      writeOfMany(out, request);
    }
  }

  private static void writeOfMany(WireWriter out, Request request) {
    if (request instanceof Request.GetAll all) {
      out.writeList(all.keys(), WireWriter::writeBytes);
    } else if (request instanceof Request.PutAll all) {
      out.writeList(all.keys(), WireWriter::writeBytes);
      out.writeList(all.values(), WireWriter::writeBytes);
      writeExpiry(out, all.expiry());
    } else if (request instanceof Request.RemoveAll all) {
      out.writeList(all.keys(), WireWriter::writeBytes);
    } else if (request instanceof Request.CountAll all) {
      out.writeList(all.keys(), WireWriter::writeBytes);
    } else if (request instanceof Request.Scan scan) {
      out.writeLong(scan.position());
      out.writeNumber(scan.entriesMin());
      out.writeFlag(scan.wantsValues());
    } else if (request instanceof Request.Export export) {
      ExportCodec.writePosition(out, export.from());
      out.writeNumber(export.bytesMax());
    } else if (request instanceof Request.Invoke invoke) {
      writeInvoke(out, invoke);
    }
  }

  private static void writePut(WireWriter out, Request.Put put) {
    out.writeBytes(put.key());
    out.writeBytes(put.value());
    writeExpiry(out, put.expiry());
    writeCondition(out, put.condition());
    out.writeFlag(put.wantsPrevious());
  }

  private static void writeInvoke(WireWriter out, Request.Invoke invoke) {
    out.writeBytes(invoke.key());
    out.writeText(invoke.rule());
    out.writeText(invoke.function());
    out.writeNumber(invoke.numbers().length);
    for (long number : invoke.numbers()) {
      out.writeSigned(number);
    }
    out.writeList(invoke.bytes(), WireWriter::writeBytes);
  }

  private static void writeExpiry(WireWriter out, Expiry expiry) {
    out.writeCode(expiry.kind());
    if (expiry.kind() == Expiry.Kind.AFTER || expiry.kind() == Expiry.Kind.AT) {
      out.writeSigned(expiry.millis());
    }
  }

  private static void writeCondition(WireWriter out, Condition condition) {
    out.writeCode(condition.kind());
    if (condition.kind() == Condition.Kind.VALUE_IS) {
      out.writeBytes(Objects.requireNonNull(condition.value()));
    } else if (condition.kind() == Condition.Kind.VERSION_IS) {
      out.writeNumber(condition.version());
    }
  }

  static Request read(WireReader in) {
    Request.Kind kind = in.readCode("kind of request", KINDS);
    return switch (kind) {
      case GET -> new Request.Get(in.readBytes());
      case PEEK -> new Request.Peek(in.readBytes());
      case PUT ->
          new Request.Put(
              in.readBytes(), in.readBytes(), readExpiry(in), readCondition(in), in.readFlag());
      case REMOVE -> new Request.Remove(in.readBytes(), readCondition(in), in.readFlag());
      case EXPIRE -> new Request.Expire(in.readBytes(), readExpiry(in), in.readFlag());
      case ADD -> new Request.Add(in.readBytes(), in.readSigned());
      case APPEND -> new Request.Append(in.readBytes(), in.readBytes());
      case GET_ALL -> new Request.GetAll(readKeys(in));
      case PUT_ALL -> readPutAll(in);
      case REMOVE_ALL -> new Request.RemoveAll(readKeys(in));
      case COUNT_ALL -> new Request.CountAll(readKeys(in));
      case SIZE -> new Request.Size();
      case CLEAR -> new Request.Clear();
      case CLEAR_ALL -> new Request.ClearAll();
      case SCAN ->
          new Request.Scan(
              in.readLong(), in.readSmall("entries of a page", Integer.MAX_VALUE), in.readFlag());
      case EXPORT ->
          new Request.Export(
              ExportCodec.readPosition(in), in.readSmall("bytes of a chunk", Integer.MAX_VALUE));
      case DESCRIBE -> new Request.Describe();
      case INVOKE -> readInvoke(in);
    };
  }

  private static List<byte[]> readKeys(WireReader in) {
    return in.readList(WireReader::readBytes);
  }

  private static Request readPutAll(WireReader in) {
    List<byte[]> keys = readKeys(in);
    List<byte[]> values = readKeys(in);
    if (keys.size() != values.size()) {
      throw new WireException(
          "keys and values differ in number: keys=" + keys.size() + ", values=" + values.size());
    }
    return new Request.PutAll(keys, values, readExpiry(in));
  }

  private static Request readInvoke(WireReader in) {
    byte[] key = in.readBytes();
    String rule = in.readText();
    String function = in.readText();
    long[] numbers = new long[in.readSmall("parameters of a rule", NUMBERS_MAX)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readSigned();
    }
    return new Request.Invoke(key, rule, function, numbers, in.readList(WireReader::readBytes));
  }

  private static Expiry readExpiry(WireReader in) {
    return switch (in.readCode("expiry", EXPIRIES)) {
      case NEVER -> Expiry.NEVER;
      case KEEP -> Expiry.KEEP;
      case AFTER -> Expiry.after(in.readSigned());
      case AT -> Expiry.at(in.readSigned());
    };
  }

  private static Condition readCondition(WireReader in) {
    return switch (in.readCode("condition", CONDITIONS)) {
      case ALWAYS -> Condition.ALWAYS;
      case ABSENT -> Condition.ABSENT;
      case PRESENT -> Condition.PRESENT;
      case VALUE_IS -> Condition.valueIs(in.readBytes());
      case VERSION_IS -> Condition.versionIs(in.readNumber());
    };
  }
}
