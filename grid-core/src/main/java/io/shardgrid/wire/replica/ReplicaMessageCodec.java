package io.shardgrid.wire.replica;

import io.netty.buffer.ByteBuf;
import io.shardgrid.key.Digest;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.AnswerCodec;
import io.shardgrid.wire.Fields;
import io.shardgrid.wire.PlacementCodec;
import io.shardgrid.wire.WireException;
import io.shardgrid.wire.replica.CopyItem.ClientAnswers;
import io.shardgrid.wire.replica.ReplicaMessage.Append;
import io.shardgrid.wire.replica.ReplicaMessage.AppendAck;
import io.shardgrid.wire.replica.ReplicaMessage.Copy;
import io.shardgrid.wire.replica.ReplicaMessage.CopyAck;
import io.shardgrid.wire.replica.ReplicaMessage.Nack;
import io.shardgrid.wire.replica.ReplicaMessage.Verdict;
import io.shardgrid.wire.replica.ReplicaMessage.Yield;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The binary form of what replicas say to each other: one item each. */
public final class ReplicaMessageCodec {

  /* Fields of the item, in order: code of the message (1 byte), shard, seat (numbers), and the other
   * fields of the message's record. An item of a copy: its code (1 byte) and its record's fields. */
  private static final byte APPEND = 0;
  private static final byte APPEND_ACK = 1;
  private static final byte NACK = 2;
  private static final byte YIELD = 3;
  private static final byte COPY = 4;
  private static final byte COPY_ACK = 5;

  private static final byte RESET = 0;
  private static final byte CHUNK = 1;
  private static final byte WRITES = 2;
  private static final byte END = 3;
  private static final byte RESUME = 4;
  private static final byte CLIENTS = 5;

  private static final Verdict[] VERDICTS = Verdict.values();

  private ReplicaMessageCodec() {}

  /** Most bytes that {@link #write} takes for a message. O(writes and entries). */
  public static int bytesMax(ReplicaMessage message) {
    return (int) Math.min(MessageSize.of(message), Integer.MAX_VALUE);
  }

  /** Appends a message. */
  public static void write(ByteBuf out, ReplicaMessage message) {
    int start = Fields.beginItem(out);
    if (message instanceof Append append) {
      begin(out, APPEND, message);
      writeAppend(out, append);
    } else if (message instanceof AppendAck ack) {
      begin(out, APPEND_ACK, message);
      Fields.writeNumber(out, ack.length());
      out.writeBoolean(ack.isGap());
      out.writeLong(ack.sentAtEcho());
    } else if (message instanceof Nack nack) {
      begin(out, NACK, message);
      PlacementCodec.writeEntry(out, nack.placement());
      out.writeBoolean(nack.isStale());
    } else if (message instanceof Yield yield) {
      begin(out, YIELD, message);
      PlacementCodec.writeEntry(out, yield.placement());
      Fields.writeNumber(out, yield.length());
    } else if (message instanceof Copy copy) {
      begin(out, COPY, message);
      PlacementCodec.writeEntry(out, copy.placement());
      Fields.writeNumber(out, copy.stream());
      Fields.writeNumber(out, copy.attempt());
      Fields.writeNumber(out, copy.index());
      writeCopied(out, copy.item());
    } else if (message instanceof CopyAck ack) {
      begin(out, COPY_ACK, message);
      Fields.writeNumber(out, ack.stream());
      Fields.writeNumber(out, ack.attempt());
      Fields.writeNumber(out, ack.next());
      Fields.writeCode(out, ack.verdict());
    }
    Fields.endItem(out, start);
  }

  private static void begin(ByteBuf out, byte code, ReplicaMessage message) {
    out.writeByte(code);
    Fields.writeNumber(out, message.shard());
    Fields.writeNumber(out, message.seat());
  }

  private static void writeAppend(ByteBuf out, Append append) {
    Fields.writeNumber(out, append.epoch());
    PlacementEntry placement = append.placement();
    out.writeBoolean(placement != null);
    if (placement != null) {
      PlacementCodec.writeEntry(out, placement);
    }
    Fields.writeNumber(out, append.base());
    Fields.writeList(out, append.writes(), ChangeCodec::writeWrite);
    Fields.writeNumber(out, append.commit());
    out.writeLong(append.sentAtNanos());
    Fields.writeSigned(out, append.wallMillis());
    Fields.writeNumber(out, append.checkSeq());
    Digest digest = append.digest();
    out.writeBoolean(digest != null);
    if (digest != null) {
      writeDigest(out, digest);
    }
  }

  private static void writeDigest(ByteBuf out, Digest digest) {
    out.writeLong(digest.high());
    out.writeLong(digest.low());
  }

  private static void writeCopied(ByteBuf out, CopyItem item) {
    if (item instanceof CopyItem.Reset reset) {
      out.writeByte(RESET);
      Fields.writeNumber(out, reset.seq());
      Fields.writeSigned(out, reset.wallMillis());
      Fields.writeList(out, reset.clients(), ReplicaMessageCodec::writeClient);
    } else if (item instanceof CopyItem.Clients clients) {
      out.writeByte(CLIENTS);
      Fields.writeList(out, clients.clients(), ReplicaMessageCodec::writeClient);
    } else if (item instanceof CopyItem.Chunk chunk) {
      out.writeByte(CHUNK);
      Fields.writeName(out, chunk.map());
      out.writeInt(chunk.crc());
      Fields.writeNumber(out, chunk.entries());
      Fields.writeBytes(out, chunk.packed());
    } else if (item instanceof CopyItem.Writes writes) {
      out.writeByte(WRITES);
      Fields.writeList(out, writes.writes(), ChangeCodec::writeWrite);
    } else if (item instanceof CopyItem.End end) {
      out.writeByte(END);
      Fields.writeNumber(out, end.seq());
      Fields.writeNumber(out, end.commit());
      writeDigest(out, end.digest());
    } else {
      out.writeByte(RESUME);
    }
  }

  private static void writeClient(ByteBuf out, ClientAnswers client) {
    out.writeLong(client.client());
    Fields.writeNumber(out, client.doneBelow());
    Fields.writeSigned(out, client.patienceNanos());
    Fields.writeList(out, client.seqs(), Fields::writeNumber);
    Fields.writeList(out, client.answers(), AnswerCodec::writeAnswer);
  }

  /**
   * Reads the next message; {@code in} stands behind it afterwards.
   *
   * @throws WireException if the bytes are not a message
   */
  public static ReplicaMessage read(ByteBuf in) {
    return Fields.readItem(in, ReplicaMessageCodec::readFields);
  }

  private static ReplicaMessage readFields(ByteBuf in) {
    byte code = Fields.readByte(in);
    int shard = Fields.readSmall(in, "shard", Integer.MAX_VALUE);
    long seat = Fields.readNumber(in);
    return switch (code) {
      case APPEND -> readAppend(in, shard, seat);
      case APPEND_ACK ->
          new AppendAck(
              shard, seat, Fields.readNumber(in), Fields.readFlag(in), Fields.readLong(in));
      case NACK -> new Nack(shard, seat, readPlacement(in, shard), Fields.readFlag(in));
      case YIELD -> new Yield(shard, seat, PlacementCodec.readEntry(in), Fields.readNumber(in));
      case COPY ->
          new Copy(
              shard,
              seat,
              readPlacement(in, shard),
              Fields.readNumber(in),
              readAttempt(in),
              Fields.readNumber(in),
              readCopied(in));
      case COPY_ACK ->
          new CopyAck(
              shard,
              seat,
              Fields.readNumber(in),
              readAttempt(in),
              Fields.readNumber(in),
              Fields.readCode(in, "verdict", VERDICTS));
      default -> throw new WireException("unknown message of a replica: code=" + code);
    };
  }

  private static PlacementEntry readPlacement(ByteBuf in, int shard) {
    PlacementEntry placement = PlacementCodec.readEntry(in);
    if (placement.shard() != shard) {
      throw new WireException(
          "placement of another shard: shard=%d, found=%d".formatted(shard, placement.shard()));
    }
    return placement;
  }

  private static int readAttempt(ByteBuf in) {
    return Fields.readSmall(in, "attempt", Integer.MAX_VALUE);
  }

  private static Append readAppend(ByteBuf in, int shard, long seat) {
    long epoch = Fields.readNumber(in);
    PlacementEntry placement = Fields.readFlag(in) ? readPlacement(in, shard) : null;
    long base = Fields.readNumber(in);
    List<LoggedWrite> writes = readWrites(in, base);
    return new Append(
        shard,
        seat,
        epoch,
        placement,
        base,
        writes,
        Fields.readNumber(in),
        Fields.readLong(in),
        Fields.readSigned(in),
        Fields.readNumber(in),
        readDigestIfAny(in));
  }

  private static List<LoggedWrite> readWrites(ByteBuf in, long base) {
    List<LoggedWrite> writes = Fields.readList(in, ChangeCodec::readWrite);
    for (int i = 0; i < writes.size(); i++) {
      if (writes.get(i).seq() != base + 1 + i) {
        throw new WireException(
            "writes are not in order: base=%d, place=%d, seq=%d"
                .formatted(base, i, writes.get(i).seq()));
      }
    }
    return writes;
  }

  private static @Nullable Digest readDigestIfAny(ByteBuf in) {
    return Fields.readFlag(in) ? readDigest(in) : null;
  }

  private static Digest readDigest(ByteBuf in) {
    return new Digest(Fields.readLong(in), Fields.readLong(in));
  }

  private static CopyItem readCopied(ByteBuf in) {
    byte code = Fields.readByte(in);
    return switch (code) {
      case RESET ->
          new CopyItem.Reset(
              Fields.readNumber(in),
              Fields.readSigned(in),
              Fields.readList(in, ReplicaMessageCodec::readClient));
      case CLIENTS -> new CopyItem.Clients(Fields.readList(in, ReplicaMessageCodec::readClient));
      case CHUNK -> readChunk(in);
      case WRITES -> new CopyItem.Writes(Fields.readList(in, ChangeCodec::readWrite));
      case END -> new CopyItem.End(Fields.readNumber(in), Fields.readNumber(in), readDigest(in));
      case RESUME -> CopyItem.Resume.INSTANCE;
      default -> throw new WireException("unknown item of a copy: code=" + code);
    };
  }

  private static CopyItem readChunk(ByteBuf in) {
    String map = Fields.readName(in);
    if (in.readableBytes() < Integer.BYTES) {
      throw new WireException("bytes end within a checksum: readable=" + in.readableBytes());
    }
    int crc = in.readInt();
    int entries = Fields.readSmall(in, "number of entries", in.readableBytes());
    return new CopyItem.Chunk(map, entries, Fields.readBytes(in), crc);
  }

  private static ClientAnswers readClient(ByteBuf in) {
    ClientAnswers client =
        new ClientAnswers(
            Fields.readLong(in),
            Fields.readNumber(in),
            Fields.readSigned(in),
            Fields.readList(in, Fields::readNumber),
            Fields.readList(in, AnswerCodec::readAnswer));
    if (client.seqs().size() != client.answers().size()) {
      throw new WireException(
          "not one answer for each write: writes=%d, answers=%d"
              .formatted(client.seqs().size(), client.answers().size()));
    }
    return client;
  }
}
