package io.shardgrid.wire.replica;

import io.netty.buffer.ByteBuf;
import io.shardgrid.wire.AnswerCodec;
import io.shardgrid.wire.Fields;
import io.shardgrid.wire.WireException;
import io.shardgrid.wire.replica.LoggedWrite.Origin;
import org.jspecify.annotations.Nullable;

/** The binary form of numbered writes and their changes. */
final class ChangeCodec {

  /* A change: its code (1 byte) and the fields of its record. A write: number, seat, wall time,
   * whether it has an origin and that, change. */
  private static final byte NONE = 0;
  private static final byte PUT = 1;
  private static final byte EXPIRE = 2;
  private static final byte REMOVE = 3;
  private static final byte CLEAR = 4;
  private static final byte DROP_CLIENT = 5;
  private static final byte BATCH = 6;

  private ChangeCodec() {}

  static void writeWrite(ByteBuf out, LoggedWrite write) {
    Fields.writeNumber(out, write.seq());
    Fields.writeNumber(out, write.seat());
    Fields.writeSigned(out, write.wallMillis());
    Origin origin = write.origin();
    out.writeBoolean(origin != null);
    if (origin != null) {
      out.writeLong(origin.client());
      Fields.writeNumber(out, origin.seq());
      Fields.writeNumber(out, origin.doneBelow());
      Fields.writeSigned(out, origin.timeoutMillis());
      AnswerCodec.writeAnswer(out, origin.answer());
    }
    write(out, write.change());
  }

  static LoggedWrite readWrite(ByteBuf in) {
    long seq = Fields.readNumber(in);
    long seat = Fields.readNumber(in);
    long wallMillis = Fields.readSigned(in);
    Origin origin = Fields.readFlag(in) ? readOrigin(in) : null;
    return new LoggedWrite(seq, seat, wallMillis, origin, read(in));
  }

  private static @Nullable Origin readOrigin(ByteBuf in) {
    return new Origin(
        Fields.readLong(in),
        Fields.readNumber(in),
        Fields.readNumber(in),
        Fields.readSigned(in),
        AnswerCodec.readAnswer(in));
  }

  private static void write(ByteBuf out, Change change) {
    if (change instanceof Change.Put put) {
      out.writeByte(PUT);
      Fields.writeName(out, put.map());
      Fields.writeBytes(out, put.key());
      Fields.writeBytes(out, put.value());
      Fields.writeSigned(out, put.deadlineMillis());
    } else if (change instanceof Change.Expire expire) {
      out.writeByte(EXPIRE);
      Fields.writeName(out, expire.map());
      Fields.writeBytes(out, expire.key());
      Fields.writeSigned(out, expire.deadlineMillis());
    } else if (change instanceof Change.Remove remove) {
      out.writeByte(REMOVE);
      Fields.writeName(out, remove.map());
      Fields.writeBytes(out, remove.key());
    } else if (change instanceof Change.Clear clear) {
      out.writeByte(CLEAR);
      Fields.writeName(out, clear.map());
    } else if (change instanceof Change.DropClient drop) {
      out.writeByte(DROP_CLIENT);
      out.writeLong(drop.client());
    } else if (change instanceof Change.Batch batch) {
      out.writeByte(BATCH);
      Fields.writeList(out, batch.changes(), ChangeCodec::write);
    } else {
      out.writeByte(NONE);
    }
  }

  private static Change read(ByteBuf in) {
    byte code = Fields.readByte(in);
    return code == BATCH
        ? new Change.Batch(Fields.readList(in, ChangeCodec::readPart))
        : readPart(code, in);
  }

  private static Change readPart(ByteBuf in) {
    // Batches hold no batches, so that a hostile one cannot make the reader recurse without end.
    return readPart(Fields.readByte(in), in);
  }

  private static Change readPart(byte code, ByteBuf in) {
    return switch (code) {
      case NONE -> Change.None.INSTANCE;
      case PUT ->
          new Change.Put(
              Fields.readName(in),
              Fields.readBytes(in),
              Fields.readBytes(in),
              Fields.readSigned(in));
      case EXPIRE ->
          new Change.Expire(Fields.readName(in), Fields.readBytes(in), Fields.readSigned(in));
      case REMOVE -> new Change.Remove(Fields.readName(in), Fields.readBytes(in));
      case CLEAR -> new Change.Clear(Fields.readName(in));
      case DROP_CLIENT -> new Change.DropClient(Fields.readLong(in));
      default -> throw new WireException("unknown change: code=" + code);
    };
  }
}
