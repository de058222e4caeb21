package io.shardgrid.wire.replica;

import io.shardgrid.fuzz.FuzzTarget;
import io.shardgrid.fuzz.Parts;
import io.shardgrid.key.Digest;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.WireException;
import io.shardgrid.wire.WireReader;
import io.shardgrid.wire.WireWriter;
import io.shardgrid.wire.replica.CopyItem.ClientAnswers;
import io.shardgrid.wire.replica.LoggedWrite.Origin;
import io.shardgrid.wire.replica.ReplicaMessage.Append;
import io.shardgrid.wire.replica.ReplicaMessage.AppendAck;
import io.shardgrid.wire.replica.ReplicaMessage.Copy;
import io.shardgrid.wire.replica.ReplicaMessage.CopyAck;
import io.shardgrid.wire.replica.ReplicaMessage.Nack;
import io.shardgrid.wire.replica.ReplicaMessage.Verdict;
import io.shardgrid.wire.replica.ReplicaMessage.Yield;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What replicas say to each other: read or refused, and what was read comes back; the entries of an
 * intact chunk are taken apart, or refused, and are as many as it says.
 */
final class ReplicaMessageTarget implements FuzzTarget {

  /* An input: messages without their lengths. */

  private static final int SHARD = 5;
  private static final byte[] KEY = {1, 2, 3};
  private static final NodeId A = new NodeId("127.0.0.1", 10171, -42);
  private static final PlacementEntry ENTRY =
      new PlacementEntry(SHARD, 9L << 32, 8L << 32, 7L << 32, A, List.of(A));

  @Override
  public boolean run(byte[] input) {
    byte[] first;
    try {
      first = copied(Parts.behindLengths(Parts.of(input)));
    } catch (WireException e) {
      return false;
    }
    if (!Arrays.equals(first, copied(first))) {
      throw new AssertionError("does not come back: " + Arrays.toString(first));
    }
    return true;
  }

  private static byte[] copied(byte[] bytes) {
    WireReader in = new WireReader(bytes);
    WireWriter out = new WireWriter(64);
    while (in.isReadable()) {
      ReplicaMessage message = ReplicaMessageCodec.read(in);
      int before = out.length();
      ReplicaMessageCodec.write(out, message);
      int bytesMax = ReplicaMessageCodec.bytesMax(message);
      if (out.length() - before > bytesMax) {
        throw new AssertionError("longer than it may be: " + bytesMax + ", message=" + message);
      }
      if (message instanceof Copy copy && copy.item() instanceof CopyItem.Chunk chunk) {
        unpack(chunk);
      }
    }
    return out.toBytes();
  }

  /** With a checksum that is right, as who wants to break in would make it. */
  private static void unpack(CopyItem.Chunk chunk) {
    int crc = CopyItem.Chunk.crcOf(chunk.map(), chunk.entries(), chunk.packed());
    if (chunk.isIntact() != (crc == chunk.crc())) {
      throw new AssertionError("intact or not: " + chunk);
    }
    int[] entries = {0};
    ChunkPacker packer = new ChunkPacker(64);
    try {
      chunk.forEach(
          (key, value, version, deadline) -> {
            entries[0]++;
            packer.add(key, value, version, deadline);
          });
    } catch (WireException e) {
      return;
    }
    if (entries[0] != chunk.entries() || packer.bytes() > chunk.packed().length) {
      throw new AssertionError("entries: " + entries[0] + ", wanted=" + chunk.entries());
    }
  }

  @Override
  public List<String> words() {
    return List.of(Parts.MARK);
  }

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    List<ReplicaMessage> all = messages();
    all.forEach(message -> seeds.add(seed(List.of(message))));
    seeds.add(seed(all));
    return seeds;
  }

  private static byte[] seed(List<ReplicaMessage> messages) {
    WireWriter out = new WireWriter(64);
    messages.forEach(message -> ReplicaMessageCodec.write(out, message));
    return Parts.join(Parts.fromLengths(out.toBytes()));
  }

  private static List<ReplicaMessage> messages() {
    List<ReplicaMessage> messages = new ArrayList<>();
    messages.add(
        new Append(
            SHARD, 8L << 32, 9L << 32, ENTRY, 6, writes(), 5, true, 77, 99, 3, new Digest(1, 2)));
    messages.add(
        new Append(SHARD, 8L << 32, 9L << 32, null, 6, List.of(), 5, false, 7, 9, 0, null));
    messages.add(new AppendAck(SHARD, 8L << 32, 9, true, 4, 77));
    messages.add(new Nack(SHARD, 8L << 32, ENTRY, true));
    messages.add(new Yield(SHARD, 8L << 32, ENTRY, 12));
    for (CopyItem item : items()) {
      messages.add(new Copy(SHARD, 8L << 32, ENTRY, 2, 1, 7, item));
    }
    messages.add(new CopyAck(SHARD, 8L << 32, 2, 1, 8, Verdict.INTACT));
    return messages;
  }

  private static List<LoggedWrite> writes() {
    Origin origin = new Origin(7, 12, 10, 5_000, new Answer.Stored(true, 7, KEY));
    List<Change> changes =
        List.of(
            new Change.Put("m", KEY, KEY, 99),
            new Change.Expire("m", KEY, 5),
            new Change.Remove("m", KEY),
            new Change.Clear("m"),
            new Change.DropClient(9),
            new Change.Batch(List.of(new Change.Put("m", KEY, KEY, 0), Change.None.INSTANCE)));
    List<LoggedWrite> writes = new ArrayList<>();
    for (Change change : changes) {
      writes.add(new LoggedWrite(7 + writes.size(), 8L << 32, 1_000, origin, change));
    }
    return writes;
  }

  private static List<CopyItem> items() {
    ChunkPacker packer = new ChunkPacker(64);
    packer.add(KEY, new byte[20], 3, 0);
    packer.add(new byte[0], KEY, 4, 99);
    List<ClientAnswers> clients =
        List.of(
            new ClientAnswers(
                7, 3, 5_000, List.of(3L, 5L), List.of(new Answer.Amount(2), new Answer.Done())));
    return List.of(
        new CopyItem.Reset(6, 1_000, clients),
        new CopyItem.Clients(clients),
        packer.chunk("m"),
        new CopyItem.Writes(writes()),
        new CopyItem.End(12, 11, new Digest(1, 2)),
        CopyItem.Resume.INSTANCE);
  }
}
