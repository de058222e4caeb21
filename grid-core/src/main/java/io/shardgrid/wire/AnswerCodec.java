package io.shardgrid.wire;

import io.netty.buffer.ByteBuf;
import io.shardgrid.failure.FailureCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The binary form of answers: one item each, so that a batch is a concatenation. */
public final class AnswerCodec {

  /* Fields of the item, in order: shard (number), client (8 bytes), seq (number), kind (1 byte),
   * and the fields of the answer's record. */

  private static final Answer.Kind[] KINDS = Answer.Kind.values();

  /** Names of the operation, kind, and the numbers of the kind that has most of them. */
  private static final int FIXED_BYTES_MAX =
      WireFormat.LENGTH_BYTES + Long.BYTES + 2 + 8 * Fields.NUMBER_BYTES_MAX;

  private AnswerCodec() {}

  /** Most bytes that either form of an answer takes. O(entries), reads no bytes of them. */
  public static int bytesMax(Answer answer) {
    return (int) Math.min(FIXED_BYTES_MAX + bytesMaxOfBody(answer), Integer.MAX_VALUE);
  }

  private static long bytesMaxOfBody(Answer answer) {
    if (answer instanceof Answer.Entry entry) {
      return length(entry.value());
    } else if (answer instanceof Answer.Stored stored) {
      return length(stored.previous());
    } else if (answer instanceof Answer.Values values) {
      return bytesMaxOfValues(values);
    } else if (answer instanceof Answer.Page page) {
      return bytesMaxOfPage(page);
    } else if (answer instanceof Answer.Moved moved) {
      return PlacementCodec.bytesMax(moved.placement());
    } else if (answer instanceof Answer.Later later) {
      return 3L * later.reason().length();
    } else if (answer instanceof Answer.Failed failed) {
      return 3L * failed.message().length();
    }
    return 0;
  }

  private static long bytesMaxOfValues(Answer.Values values) {
    long bytes = (long) values.values().size() * Fields.NUMBER_BYTES_MAX;
    for (byte[] value : values.values()) {
      bytes += length(value);
    }
    return bytes;
  }

  private static long bytesMaxOfPage(Answer.Page page) {
    long bytes = (long) page.entries().size() * 4 * Fields.NUMBER_BYTES_MAX;
    for (Answer.Item item : page.entries()) {
      bytes += item.key().length + length(item.value());
    }
    return bytes;
  }

  private static long length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  /** Appends the answer to operation {@code seq} of this client and shard. */
  public static void write(ByteBuf out, int shard, long client, long seq, Answer answer) {
    int start = Fields.beginItem(out);
    Fields.writeNumber(out, shard);
    out.writeLong(client);
    Fields.writeNumber(out, seq);
    writeAnswer(out, answer);
    Fields.endItem(out, start);
  }

  /** Appends an answer alone, as a field of something else. */
  public static void writeAnswer(ByteBuf out, Answer answer) {
    Fields.writeCode(out, answer.kind());
    writeBody(out, answer);
  }

  private static void writeBody(ByteBuf out, Answer answer) {
    if (answer instanceof Answer.Entry entry) {
      writeEntry(out, entry);
    } else if (answer instanceof Answer.Stored stored) {
      out.writeBoolean(stored.applied());
      Fields.writeNumber(out, stored.version());
      Fields.writeNullable(out, stored.previous());
    } else if (answer instanceof Answer.Amount amount) {
      Fields.writeSigned(out, amount.value());
    } else if (answer instanceof Answer.Values values) {
      Fields.writeList(out, values.values(), Fields::writeNullable);
    } else if (answer instanceof Answer.Page page) {
      out.writeLong(page.position());
      Fields.writeList(out, page.entries(), AnswerCodec::writeItem);
    } else if (answer instanceof Answer.Moved moved) {
      PlacementCodec.writeEntry(out, moved.placement());
    } else if (answer instanceof Answer.Later later) {
      Fields.writeText(out, later.reason());
    } else if (answer instanceof Answer.Failed failed) {
      Fields.writeCode(out, failed.code());
      Fields.writeText(out, failed.message());
    }
  }

  private static void writeEntry(ByteBuf out, Answer.Entry entry) {
    Fields.writeNullable(out, entry.value());
    if (entry.value() == null) {
      Fields.writeNumber(out, entry.length());
    }
    Fields.writeNumber(out, entry.version());
    Fields.writeSigned(out, entry.deadlineMillis());
    Fields.writeSigned(out, entry.leftMillis());
  }

  /** Appends an entry of a page, or of a copy. */
  public static void writeItem(ByteBuf out, Answer.Item item) {
    Fields.writeBytes(out, item.key());
    Fields.writeNullable(out, item.value());
    Fields.writeNumber(out, item.version());
    Fields.writeSigned(out, item.deadlineMillis());
  }

  /**
   * Reads the next answer and hands it over; {@code in} stands behind it afterwards.
   *
   * @throws WireException if the bytes are not an answer
   */
  public static void read(ByteBuf in, AnswerHandler handler) {
    Named named = Fields.readItem(in, AnswerCodec::readFields);
    handler.answered(named.shard, named.client, named.seq, named.answer);
  }

  private record Named(int shard, long client, long seq, Answer answer) {}

  private static Named readFields(ByteBuf in) {
    int shard = Fields.readSmall(in, "shard", Integer.MAX_VALUE);
    long client = Fields.readLong(in);
    long seq = Fields.readNumber(in);
    return new Named(shard, client, seq, readAnswer(in));
  }

  /** Reads what {@link #writeAnswer} wrote. */
  public static Answer readAnswer(ByteBuf in) {
    return switch (Fields.readCode(in, "kind of answer", KINDS)) {
      case DONE -> Answer.Done.INSTANCE;
      case ABSENT -> Answer.Absent.INSTANCE;
      case ENTRY -> readEntry(in);
      case STORED ->
          new Answer.Stored(Fields.readFlag(in), Fields.readNumber(in), Fields.readNullable(in));
      case AMOUNT -> new Answer.Amount(Fields.readSigned(in));
      case VALUES -> new Answer.Values(Fields.readNullables(in));
      case PAGE -> readPage(in);
      case MOVED -> new Answer.Moved(PlacementCodec.readEntry(in));
      case LATER -> new Answer.Later(Fields.readText(in));
      case FAILED ->
          new Answer.Failed(FailureCode.of(Fields.readByte(in) & 0xFF), Fields.readText(in));
    };
  }

  private static Answer readEntry(ByteBuf in) {
    byte[] value = Fields.readNullable(in);
    int length =
        value == null ? Fields.readSmall(in, "length of a value", Integer.MAX_VALUE) : value.length;
    return new Answer.Entry(
        value, length, Fields.readNumber(in), Fields.readSigned(in), Fields.readSigned(in));
  }

  private static Answer readPage(ByteBuf in) {
    long position = Fields.readLong(in);
    List<Answer.Item> items = Fields.readList(in, AnswerCodec::readItem);
    return new Answer.Page(position, items);
  }

  /** Reads what {@link #writeItem} wrote. */
  public static Answer.Item readItem(ByteBuf in) {
    return new Answer.Item(
        Fields.readBytes(in),
        Fields.readNullable(in),
        Fields.readNumber(in),
        Fields.readSigned(in));
  }
}
