package io.shardgrid.wire;

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
      WireFormat.LENGTH_BYTES + Long.BYTES + 2 + 8 * WireFormat.NUMBER_BYTES_MAX;

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
    } else if (answer instanceof Answer.Exported exported) {
      return ExportCodec.bytesMax(exported);
    } else if (answer instanceof Answer.Description description) {
      return ExportCodec.bytesMax(description);
    } else if (answer instanceof Answer.Result result) {
      return length(result.bytes());
    }
    return 0;
  }

  private static long bytesMaxOfValues(Answer.Values values) {
    long bytes = (long) values.values().size() * WireFormat.NUMBER_BYTES_MAX;
    for (byte[] value : values.values()) {
      bytes += length(value);
    }
    return bytes;
  }

  private static long bytesMaxOfPage(Answer.Page page) {
    long bytes = (long) page.entries().size() * 4 * WireFormat.NUMBER_BYTES_MAX;
    for (Answer.Item item : page.entries()) {
      bytes += item.key().length + length(item.value());
    }
    return bytes;
  }

  private static long length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  /** Appends the answer to operation {@code seq} of this client and shard. */
  public static void write(WireWriter out, int shard, long client, long seq, Answer answer) {
    int start = out.beginItem();
    out.writeNumber(shard);
    out.writeLong(client);
    out.writeNumber(seq);
    writeAnswer(out, answer);
    out.endItem(start);
  }

  /** Appends an answer alone, as a field of something else. */
  public static void writeAnswer(WireWriter out, Answer answer) {
    out.writeCode(answer.kind());
    writeBody(out, answer);
  }

  private static void writeBody(WireWriter out, Answer answer) {
    if (answer instanceof Answer.Entry entry) {
      writeEntry(out, entry);
    } else if (answer instanceof Answer.Stored stored) {
      out.writeFlag(stored.applied());
      out.writeNumber(stored.version());
      out.writeNullable(stored.previous());
    } else if (answer instanceof Answer.Amount amount) {
      out.writeSigned(amount.value());
    } else if (answer instanceof Answer.Values values) {
      out.writeList(values.values(), WireWriter::writeNullable);
    } else if (answer instanceof Answer.Page page) {
      out.writeLong(page.position());
      out.writeList(page.entries(), AnswerCodec::writeItem);
    } else if (answer instanceof Answer.Moved moved) {
      PlacementCodec.writeEntry(out, moved.placement());
    } else if (answer instanceof Answer.Later later) {
      out.writeText(later.reason());
    } else if (answer instanceof Answer.Failed failed) {
      out.writeCode(failed.code());
      out.writeText(failed.message());
    } else if (answer instanceof Answer.Exported exported) {
      ExportCodec.write(out, exported);
    } else if (answer instanceof Answer.Description description) {
      ExportCodec.write(out, description);
    } else if (answer instanceof Answer.Result result) {
      out.writeSigned(result.number());
      out.writeNullable(result.bytes());
    }
  }

  private static void writeEntry(WireWriter out, Answer.Entry entry) {
    out.writeNullable(entry.value());
    if (entry.value() == null) {
      out.writeNumber(entry.length());
    }
    out.writeNumber(entry.version());
    out.writeSigned(entry.deadlineMillis());
    out.writeSigned(entry.leftMillis());
  }

  /** Appends an entry of a page, or of a copy. */
  public static void writeItem(WireWriter out, Answer.Item item) {
    out.writeBytes(item.key());
    out.writeNullable(item.value());
    out.writeNumber(item.version());
    out.writeSigned(item.deadlineMillis());
  }

  /**
   * Reads the next answer and hands it over.
   *
   * @throws WireException if the bytes are not an answer
   */
  public static void read(WireReader in, AnswerHandler handler) {
    int limit = in.beginItem();
    int shard = in.readSmall("shard", Integer.MAX_VALUE);
    long client = in.readLong();
    long seq = in.readNumber();
    Answer answer = readAnswer(in);
    in.endItem(limit);
    handler.answered(shard, client, seq, answer);
  }

  /** Reads what {@link #writeAnswer} wrote. */
  public static Answer readAnswer(WireReader in) {
    return switch (in.readCode("kind of answer", KINDS)) {
      case DONE -> Answer.Done.INSTANCE;
      case ABSENT -> Answer.Absent.INSTANCE;
      case ENTRY -> readEntry(in);
      case STORED -> new Answer.Stored(in.readFlag(), in.readNumber(), in.readNullable());
      case AMOUNT -> new Answer.Amount(in.readSigned());
      case VALUES -> new Answer.Values(in.readNullables());
      case PAGE -> readPage(in);
      case MOVED -> new Answer.Moved(PlacementCodec.readEntry(in));
      case LATER -> new Answer.Later(in.readText());
      case FAILED -> new Answer.Failed(FailureCode.of(in.readByte() & 0xFF), in.readText());
      case EXPORTED -> ExportCodec.readExported(in);
      case DESCRIPTION -> ExportCodec.readDescription(in);
      case RESULT -> new Answer.Result(in.readSigned(), in.readNullable());
    };
  }

  private static Answer readEntry(WireReader in) {
    byte[] value = in.readNullable();
    int length =
        value == null ? in.readSmall("length of a value", Integer.MAX_VALUE) : value.length;
    return new Answer.Entry(value, length, in.readNumber(), in.readSigned(), in.readSigned());
  }

  private static Answer readPage(WireReader in) {
    long position = in.readLong();
    List<Answer.Item> items = in.readList(AnswerCodec::readItem);
    return new Answer.Page(position, items);
  }

  /** Reads what {@link #writeItem} wrote. */
  public static Answer.Item readItem(WireReader in) {
    return new Answer.Item(in.readBytes(), in.readNullable(), in.readNumber(), in.readSigned());
  }
}
