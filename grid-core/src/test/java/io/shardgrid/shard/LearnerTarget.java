package io.shardgrid.shard;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.fuzz.FuzzTarget;
import io.shardgrid.fuzz.Parts;
import io.shardgrid.key.Digest;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.WireException;
import io.shardgrid.wire.WireReader;
import io.shardgrid.wire.WireWriter;
import io.shardgrid.wire.replica.CopyItem;
import io.shardgrid.wire.replica.ReplicaMessage;
import io.shardgrid.wire.replica.ReplicaMessage.Copy;
import io.shardgrid.wire.replica.ReplicaMessage.CopyAck;
import io.shardgrid.wire.replica.ReplicaMessage.Verdict;
import io.shardgrid.wire.replica.ReplicaMessageCodec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The stream that fills a learner, damaged on its way in any manner: a learner takes no chunk that
 * was not sent, and calls no copy whole whose entries are not the primary's.
 */
final class LearnerTarget implements FuzzTarget {

  /* An input: the messages of a copy without their lengths. */

  private final List<byte[]> seeds = new ArrayList<>();
  private final Set<List<Object>> chunks = new HashSet<>();
  private final Map<String, String> entries;
  private final Digest digest;
  private final long sequence;

  LearnerTarget() {
    Shell primary = filled();
    entries = entriesOf(primary);
    digest = primary.replica.state().store.digest();
    record(primary);
    sequence = primary.sequence();
  }

  private static Shell filled() {
    Shell primary = Shell.acting();
    for (int i = 0; i < 12; i++) {
      primary.tell(Shell.put("key-" + i, "value-" + i * i, i % 3 == 0 ? expiry() : Expiry.NEVER));
    }
    return primary;
  }

  private static Expiry expiry() {
    return Expiry.after(1_000_000);
  }

  /** Copies to a learner, and keeps what was said. */
  private void record(Shell primary) {
    Shell learner = new Shell(Shell.B);
    primary.replica.copyTo(Shell.SEAT, Shell.B, primary.nowNanos);
    WireWriter whole = new WireWriter(64);
    for (int round = 0; round < 20; round++) {
      primary.passMillis(10);
      primary.tick();
      for (ReplicaMessage message : primary.sent) {
        if (message instanceof Copy copy) {
          ReplicaMessageCodec.write(whole, copy);
          if (copy.item() instanceof CopyItem.Chunk chunk) {
            chunks.add(contentOf(chunk));
          }
        }
      }
      learner.receiveAllFrom(primary);
      primary.receiveAllFrom(learner);
    }
    if (learner.replica.state().holding != Holding.LEARNT || chunks.isEmpty()) {
      throw new AssertionError("not copied: " + learner.replica.state().holding);
    }
    seeds.add(Parts.join(Parts.fromLengths(whole.toBytes())));
  }

  private static List<Object> contentOf(CopyItem.Chunk chunk) {
    return List.of(chunk.map(), chunk.entries(), text(chunk.packed()));
  }

  private static Map<String, String> entriesOf(Shell shell) {
    TreeMap<String, String> found = new TreeMap<>();
    ShardMaps maps = shell.replica.state().store.maps();
    for (int number = 0; number < maps.count(); number++) {
      String map = maps.nameAt(number);
      BucketMap table = maps.at(number);
      long cursor = 0;
      do {
        cursor =
            table.scan(
                cursor,
                100,
                (of, entry) ->
                    found.put(
                        map + "/" + text(of.key(entry)),
                        text(of.value(entry))
                            + "@"
                            + of.version(entry)
                            + "!"
                            + of.deadlineMillis(entry)));
      } while (cursor != 0);
    }
    return found;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  @Override
  public List<String> words() {
    return List.of(Parts.MARK);
  }

  @Override
  public List<byte[]> seeds() {
    return seeds;
  }

  @Override
  public boolean run(byte[] input) {
    Shell learner = new Shell(Shell.B);
    learner.mayDiverge = true;
    WireReader in = new WireReader(Parts.behindLengths(Parts.of(input)));
    CopyItem.@Nullable End end = null;
    while (in.isReadable()) {
      ReplicaMessage message;
      try {
        message = ReplicaMessageCodec.read(in);
      } catch (WireException e) {
        break; // A link ends here.
      }
      if (message.shard() == Shell.SHARD) {
        CopyItem.End told = take(learner, message);
        end = told == null ? end : told;
      }
    }
    boolean isWhole = learner.replica.state().holding == Holding.LEARNT;
    if (isWhole && end != null && end.digest().equals(digest) && end.seq() == sequence) {
      Map<String, String> found = entriesOf(learner);
      if (!found.equals(entries)) {
        throw new AssertionError("wrong entries: found=" + found + ", wanted=" + entries);
      }
    }
    return isWhole;
  }

  /** Hands a message over; the end of the copy, if it was one that was taken. */
  private CopyItem.@Nullable End take(Shell learner, ReplicaMessage message) {
    int before = learner.sent.size();
    Holding held = learner.replica.state().holding;
    try {
      learner.replica.receive(Shell.A, message, learner.nowNanos, learner.wallMillis, learner);
    } catch (WireException | IllegalArgumentException | IllegalStateException e) {
      // Of a member that says what no member says: its message is left, and the shard goes on.
      return null;
    }
    if (!(message instanceof Copy copy)) {
      return null;
    }
    boolean isTaken =
        learner.sent.subList(before, learner.sent.size()).stream()
            .anyMatch(said -> said instanceof CopyAck ack && ack.verdict() == Verdict.INTACT);
    if (isTaken && copy.item() instanceof CopyItem.Chunk chunk && held == Holding.LEARNING) {
      if (!chunks.contains(contentOf(chunk))) {
        throw new AssertionError("a damaged chunk was taken: " + chunk);
      }
    }
    return isTaken && copy.item() instanceof CopyItem.End end ? end : null;
  }

  @Override
  public long allocatedBytesMax(int inputBytes) {
    return (4L << 20) + 400L * inputBytes;
  }

  @Override
  public long stepsMax(int inputBytes) {
    return 2_000_000;
  }
}
