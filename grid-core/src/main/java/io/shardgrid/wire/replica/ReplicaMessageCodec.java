package io.shardgrid.wire.replica;

import io.shardgrid.key.Digest;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.AnswerCodec;
import io.shardgrid.wire.PlacementCodec;
import io.shardgrid.wire.TraceCodec;
import io.shardgrid.wire.WireException;
import io.shardgrid.wire.WireReader;
import io.shardgrid.wire.WireWriter;
import io.shardgrid.wire.replica.CopyItem.ClientAnswers;
import io.shardgrid.wire.replica.ReplicaMessage.Append;
import io.shardgrid.wire.replica.ReplicaMessage.AppendAck;
import io.shardgrid.wire.replica.ReplicaMessage.Copy;
import io.shardgrid.wire.replica.ReplicaMessage.CopyAck;
import io.shardgrid.wire.replica.ReplicaMessage.Followed;
import io.shardgrid.wire.replica.ReplicaMessage.FollowedWrite;
import io.shardgrid.wire.replica.ReplicaMessage.Nack;
import io.shardgrid.wire.replica.ReplicaMessage.Verdict;
import io.shardgrid.wire.replica.ReplicaMessage.Yield;
import java.util.ArrayList;
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
  private static final byte FOLLOWED = 6;

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
  public static void write(WireWriter out, ReplicaMessage message) {
    // As a whole, and not by a method for each kind: HotSpot does not inline a method of more than
    // 325 bytes, so that all of this is compiled once and not in each of its callers' callers
    // again.
    int start = out.beginItem();
    if (message instanceof Append append) {
      begin(out, APPEND, message);
      out.writeNumber(append.epoch());
      writePlacementIfAny(out, append.placement());
      out.writeNumber(append.base());
      writeWrites(out, append.writes());
      out.writeNumber(append.commit());
      out.writeFlag(append.isSole());
      out.writeLong(append.sentAtNanos());
      out.writeSigned(append.wallMillis());
      out.writeNumber(append.checkSeq());
      writeDigestIfAny(out, append.digest());
    } else if (message instanceof AppendAck ack) {
      begin(out, APPEND_ACK, message);
      out.writeNumber(ack.length());
      out.writeFlag(ack.isGap());
      out.writeNumber(ack.toldAbove());
      out.writeLong(ack.sentAtEcho());
    } else if (message instanceof Nack nack) {
      begin(out, NACK, message);
      PlacementCodec.writeEntry(out, nack.placement());
      out.writeFlag(nack.isStale());
    } else if (message instanceof Yield yield) {
      begin(out, YIELD, message);
      PlacementCodec.writeEntry(out, yield.placement());
      out.writeNumber(yield.length());
    } else if (message instanceof Copy copy) {
      begin(out, COPY, message);
      PlacementCodec.writeEntry(out, copy.placement());
      out.writeNumber(copy.stream());
      out.writeNumber(copy.attempt());
      out.writeNumber(copy.index());
      writeCopied(out, copy.item());
    } else if (message instanceof CopyAck ack) {
      begin(out, COPY_ACK, message);
      out.writeNumber(ack.stream());
      out.writeNumber(ack.attempt());
      out.writeNumber(ack.next());
      out.writeCode(ack.verdict());
    } else if (message instanceof Followed followed) {
      begin(out, FOLLOWED, message);
      out.writeList(followed.writes(), ReplicaMessageCodec::writeFollowed);
    }
    out.endItem(start);
  }

  private static void writeFollowed(WireWriter out, FollowedWrite write) {
    out.writeNumber(write.seq());
    TraceCodec.write(out, write.trace());
  }

  private static void begin(WireWriter out, byte code, ReplicaMessage message) {
    out.writeByte(code);
    out.writeNumber(message.shard());
    out.writeNumber(message.seat());
  }

  private static void writePlacementIfAny(WireWriter out, @Nullable PlacementEntry placement) {
    out.writeFlag(placement != null);
    if (placement != null) {
      PlacementCodec.writeEntry(out, placement);
    }
  }

  private static void writeWrites(WireWriter out, List<LoggedWrite> writes) {
    out.writeNumber(writes.size());
    for (int i = 0; i < writes.size(); i++) {
      ChangeCodec.writeWrite(out, writes.get(i));
    }
  }

  private static void writeDigestIfAny(WireWriter out, @Nullable Digest digest) {
    out.writeFlag(digest != null);
    if (digest != null) {
      out.writeDigest(digest);
    }
  }

  private static void writeCopied(WireWriter out, CopyItem item) {
    if (item instanceof CopyItem.Reset reset) {
      out.writeByte(RESET);
      out.writeNumber(reset.seq());
      out.writeSigned(reset.wallMillis());
      out.writeList(reset.clients(), ReplicaMessageCodec::writeClient);
    } else if (item instanceof CopyItem.Clients clients) {
      out.writeByte(CLIENTS);
      out.writeList(clients.clients(), ReplicaMessageCodec::writeClient);
    } else if (item instanceof CopyItem.Chunk chunk) {
      out.writeByte(CHUNK);
      out.writeName(chunk.map());
      out.writeInt(chunk.crc());
      out.writeNumber(chunk.entries());
      out.writeBytes(chunk.packed());
    } else if (item instanceof CopyItem.Writes writes) {
      out.writeByte(WRITES);
      writeWrites(out, writes.writes());
    } else if (item instanceof CopyItem.End end) {
      out.writeByte(END);
      out.writeNumber(end.seq());
      out.writeNumber(end.commit());
      out.writeDigest(end.digest());
    } else {
      out.writeByte(RESUME);
    }
  }

  private static void writeClient(WireWriter out, ClientAnswers client) {
    out.writeLong(client.client());
    out.writeNumber(client.doneBelow());
    out.writeSigned(client.patienceNanos());
    out.writeList(client.seqs(), WireWriter::writeNumber);
    out.writeList(client.answers(), AnswerCodec::writeAnswer);
  }

  /**
   * Reads the next message.
   *
   * @throws WireException if the bytes are not a message
   */
  public static ReplicaMessage read(WireReader in) {
    int limit = in.beginItem();
    ReplicaMessage message = readFields(in);
    in.endItem(limit);
    return message;
  }

  private static ReplicaMessage readFields(WireReader in) {
    byte code = in.readByte();
    int shard = in.readSmall("shard", Integer.MAX_VALUE);
    long seat = in.readNumber();
    return switch (code) {
      case APPEND -> readAppend(in, shard, seat);
      case APPEND_ACK ->
          new AppendAck(
              shard, seat, in.readNumber(), in.readFlag(), in.readNumber(), in.readLong());
      case NACK -> new Nack(shard, seat, readPlacement(in, shard), in.readFlag());
      case YIELD -> new Yield(shard, seat, PlacementCodec.readEntry(in), in.readNumber());
      case COPY ->
          new Copy(
              shard,
              seat,
              readPlacement(in, shard),
              in.readNumber(),
              readAttempt(in),
              in.readNumber(),
              readCopied(in));
      case COPY_ACK ->
          new CopyAck(
              shard,
              seat,
              in.readNumber(),
              readAttempt(in),
              in.readNumber(),
              in.readCode("verdict", VERDICTS));
      case FOLLOWED -> new Followed(shard, seat, readFollowed(in));
      default -> throw new WireException("unknown message of a replica: code=" + code);
    };
  }

  private static PlacementEntry readPlacement(WireReader in, int shard) {
    PlacementEntry placement = PlacementCodec.readEntry(in);
    if (placement.shard() != shard) {
      throw new WireException(
          "placement of another shard: shard=%d, found=%d".formatted(shard, placement.shard()));
    }
    return placement;
  }

  private static List<FollowedWrite> readFollowed(WireReader in) {
    List<FollowedWrite> writes =
        in.readList(one -> new FollowedWrite(one.readNumber(), TraceCodec.read(one)));
    if (writes.size() > ReplicaMessage.FOLLOWED_MAX) {
      throw new WireException(
          "too many writes are followed: writes=%d, max=%d"
              .formatted(writes.size(), ReplicaMessage.FOLLOWED_MAX));
    }
    return writes;
  }

  private static int readAttempt(WireReader in) {
    return in.readSmall("attempt", Integer.MAX_VALUE);
  }

  private static Append readAppend(WireReader in, int shard, long seat) {
    long epoch = in.readNumber();
    PlacementEntry placement = in.readFlag() ? readPlacement(in, shard) : null;
    long base = in.readNumber();
    List<LoggedWrite> writes = readWrites(in, base);
    return new Append(
        shard,
        seat,
        epoch,
        placement,
        base,
        writes,
        in.readNumber(),
        in.readFlag(),
        in.readLong(),
        in.readSigned(),
        in.readNumber(),
        readDigestIfAny(in));
  }

  private static List<LoggedWrite> readWrites(WireReader in, long base) {
    int count = in.readCount();
    List<LoggedWrite> writes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      LoggedWrite write = ChangeCodec.readWrite(in);
      if (write.seq() != base + 1 + i) {
        throw new WireException(
            "writes are not in order: base=%d, place=%d, seq=%d".formatted(base, i, write.seq()));
      }
      writes.add(write);
    }
    return writes;
  }

  private static @Nullable Digest readDigestIfAny(WireReader in) {
    return in.readFlag() ? in.readDigest() : null;
  }

  private static CopyItem readCopied(WireReader in) {
    byte code = in.readByte();
    return switch (code) {
      case RESET ->
          new CopyItem.Reset(
              in.readNumber(), in.readSigned(), in.readList(ReplicaMessageCodec::readClient));
      case CLIENTS -> new CopyItem.Clients(in.readList(ReplicaMessageCodec::readClient));
      case CHUNK -> readChunk(in);
      case WRITES -> new CopyItem.Writes(in.readList(ChangeCodec::readWrite));
      case END -> new CopyItem.End(in.readNumber(), in.readNumber(), in.readDigest());
      case RESUME -> CopyItem.Resume.INSTANCE;
      default -> throw new WireException("unknown item of a copy: code=" + code);
    };
  }

  private static CopyItem readChunk(WireReader in) {
    String map = in.readMapName();
    int crc = in.readInt();
    int entries = in.readSmall("number of entries", in.readableBytes());
    return new CopyItem.Chunk(map, entries, in.readBytes(), crc);
  }

  private static ClientAnswers readClient(WireReader in) {
    ClientAnswers client =
        new ClientAnswers(
            in.readLong(),
            in.readNumber(),
            in.readSigned(),
            in.readList(WireReader::readNumber),
            in.readList(AnswerCodec::readAnswer));
    if (client.seqs().size() != client.answers().size()) {
      throw new WireException(
          "not one answer for each write: writes=%d, answers=%d"
              .formatted(client.seqs().size(), client.answers().size()));
    }
    return client;
  }
}
