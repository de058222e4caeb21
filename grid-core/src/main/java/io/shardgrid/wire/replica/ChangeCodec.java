package io.shardgrid.wire.replica;

import io.shardgrid.wire.AnswerCodec;
import io.shardgrid.wire.WireException;
import io.shardgrid.wire.WireReader;
import io.shardgrid.wire.WireWriter;
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

  static void writeWrite(WireWriter out, LoggedWrite write) {
    out.writeNumber(write.seq());
    out.writeNumber(write.seat());
    out.writeSigned(write.wallMillis());
    Origin origin = write.origin();
    out.writeFlag(origin != null);
    if (origin != null) {
      out.writeLong(origin.client());
      out.writeNumber(origin.seq());
      out.writeNumber(origin.doneBelow());
      out.writeSigned(origin.timeoutMillis());
      AnswerCodec.writeAnswer(out, origin.answer());
    }
    write(out, write.change());
  }

  static LoggedWrite readWrite(WireReader in) {
    long seq = in.readNumber();
    long seat = in.readNumber();
    long wallMillis = in.readSigned();
    Origin origin = in.readFlag() ? readOrigin(in) : null;
    return new LoggedWrite(seq, seat, wallMillis, origin, read(in));
  }

  private static @Nullable Origin readOrigin(WireReader in) {
    return new Origin(
        in.readLong(),
        in.readNumber(),
        in.readNumber(),
        in.readSigned(),
        AnswerCodec.readAnswer(in));
  }

  private static void write(WireWriter out, Change change) {
    if (change instanceof Change.Put put) {
      out.writeByte(PUT);
      out.writeName(put.map());
      out.writeBytes(put.key());
      out.writeBytes(put.value());
      out.writeSigned(put.deadlineMillis());
    } else if (change instanceof Change.Expire expire) {
      out.writeByte(EXPIRE);
      out.writeName(expire.map());
      out.writeBytes(expire.key());
      out.writeSigned(expire.deadlineMillis());
    } else if (change instanceof Change.Remove remove) {
      out.writeByte(REMOVE);
      out.writeName(remove.map());
      out.writeBytes(remove.key());
    } else if (change instanceof Change.Clear clear) {
      out.writeByte(CLEAR);
      out.writeName(clear.map());
    } else if (change instanceof Change.DropClient drop) {
      out.writeByte(DROP_CLIENT);
      out.writeLong(drop.client());
    } else if (change instanceof Change.Batch batch) {
      out.writeByte(BATCH);
      out.writeList(batch.changes(), ChangeCodec::write);
    } else {
      out.writeByte(NONE);
    }
  }

  private static Change read(WireReader in) {
    byte code = in.readByte();
    return code == BATCH
        ? new Change.Batch(in.readList(ChangeCodec::readPart))
        : readPart(code, in);
  }

  private static Change readPart(WireReader in) {
    // Batches hold no batches, so that a hostile one cannot make the reader recurse without end.
    return readPart(in.readByte(), in);
  }

  private static Change readPart(byte code, WireReader in) {
    return switch (code) {
      case NONE -> Change.None.INSTANCE;
      case PUT -> new Change.Put(in.readMapName(), in.readBytes(), in.readBytes(), in.readSigned());
      case EXPIRE -> new Change.Expire(in.readMapName(), in.readBytes(), in.readSigned());
      case REMOVE -> new Change.Remove(in.readMapName(), in.readBytes());
      case CLEAR -> new Change.Clear(in.readMapName());
      case DROP_CLIENT -> new Change.DropClient(in.readLong());
      default -> throw new WireException("unknown change: code=" + code);
    };
  }
}
