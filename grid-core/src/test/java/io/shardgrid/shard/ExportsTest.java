package io.shardgrid.shard;

import static io.shardgrid.shard.Shell.MAP;
import static io.shardgrid.shard.Shell.SEAT;
import static io.shardgrid.shard.Shell.bytes;
import static io.shardgrid.shard.Shell.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.bucket.EntrySums;
import io.shardgrid.key.Digest;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Answer.Changed;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.ExportPosition;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.replica.CopyItem;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A primary that is read out while it is written. */
final class ExportsTest {

  private static final long READER = 500;
  private static final int CHUNK_BYTES = 256;

  private final Shell shell = Shell.acting();
  private final Map<Long, Long> seqs = new HashMap<>();

  /** An entry as a chunk or a change tells it. */
  private record Read(String map, byte[] key, byte[] value, long version, long deadline) {}

  private final List<Read> chunked = new ArrayList<>();
  private final List<Changed> changed = new ArrayList<>();

  private Answer ask(long client, String map, Request request) {
    long seq = seqs.merge(client, 1L, Long::sum);
    Operation operation =
        new Operation(
            map, Shell.SHARD, client, seq, seq, SEAT, 0, shell.nowNanos + 1_000_000_000, request);
    Answer answer = shell.tell(operation);
    assertThat(answer).as(request.toString()).isNotNull();
    return Objects.requireNonNull(answer);
  }

  private Answer.Exported export(long client, ExportPosition from) {
    Answer.Exported stretch =
        (Answer.Exported) ask(client, "*", new Request.Export(from, CHUNK_BYTES));
    CopyItem.Chunk chunk =
        new CopyItem.Chunk(stretch.map(), stretch.entries(), stretch.packed(), stretch.crc());
    if (chunk.entries() > 0) {
      assertThat(chunk.isIntact()).isTrue();
      chunk.forEach(
          (key, value, version, deadline) ->
              chunked.add(new Read(chunk.map(), key, value, version, deadline)));
    }
    changed.addAll(stretch.changes());
    return stretch;
  }

  /** By the rule that a changed key counts as its last change says. */
  private Map<String, EntrySums> held() {
    Map<List<Object>, Changed> last = new HashMap<>();
    Map<String, Long> cleared = new HashMap<>();
    for (Changed change : changed) {
      byte[] key = change.key();
      if (key == null) {
        cleared.merge(change.map(), change.version(), Math::max);
      } else {
        last.merge(
            List.of(change.map(), ByteBuffer.wrap(key)),
            change,
            (one, other) -> other.version() >= one.version() ? other : one);
      }
    }
    Map<String, EntrySums> sums = new HashMap<>();
    for (Read read : chunked) {
      boolean isVoid = read.version() < cleared.getOrDefault(read.map(), 0L);
      if (!isVoid && !last.containsKey(List.of(read.map(), ByteBuffer.wrap(read.key())))) {
        sums.computeIfAbsent(read.map(), EntrySums::new)
            .add(read.key(), read.value(), read.version(), read.deadline());
      }
    }
    for (Changed change : last.values()) {
      boolean isVoid = change.version() < cleared.getOrDefault(change.map(), 0L);
      byte[] key = change.key();
      byte[] value = change.value();
      if (!isVoid && key != null && value != null) {
        sums.computeIfAbsent(change.map(), EntrySums::new)
            .add(key, value, change.version(), change.deadlineMillis());
      }
    }
    return sums;
  }

  private void writeSomething(Random random) {
    String map = random.nextInt(4) == 0 ? "other" : MAP;
    byte[] key = bytes("k" + random.nextInt(120));
    byte[] value = bytes("v" + random.nextInt(1_000));
    List<byte[]> keys = List.of(key, bytes("k" + random.nextInt(120)), key);
    Expiry at = Expiry.at(shell.wallMillis + 1 + random.nextInt(2_000));
    Request write =
        switch (random.nextInt(20)) {
          case 0, 1, 2 -> new Request.Remove(key, Condition.ALWAYS, false);
          case 3 -> new Request.Expire(key, at, false);
          case 4 -> new Request.Put(key, value, at, Condition.ALWAYS, false);
          case 5 -> new Request.PutAll(keys, List.of(value, value, bytes("last")), Expiry.NEVER);
          case 6 -> new Request.RemoveAll(keys);
          case 7 -> random.nextInt(6) == 0 ? new Request.Clear() : new Request.Get(key);
          case 8 -> random.nextInt(12) == 0 ? new Request.ClearAll() : new Request.Get(key);
          default -> new Request.Put(key, value, Expiry.NEVER, Condition.ALWAYS, false);
        };
    ask(Shell.CLIENT, map, write);
    if (random.nextInt(10) == 0) {
      shell.passMillis(random.nextInt(300));
      shell.tick();
    }
  }

  @Property(tries = 150)
  void givesWhatTheShardHeldAfterOneWrite(@ForAll long seed) {
    // One instance has all tries of a property.
    new ExportsTest().readsWhileItIsWritten(new Random(seed));
  }

  private void readsWhileItIsWritten(Random random) {
    for (int i = random.nextInt(300); i > 0; i--) {
      writeSomething(random);
    }
    ExportPosition at = ExportPosition.START;
    Answer.Description end = null;
    while (end == null) {
      int chunkedBefore = chunked.size();
      int changedBefore = changed.size();
      Answer.Exported stretch = export(READER, at);
      assertThat(stretch.isVoid()).isFalse();
      if (at.seat() != 0 && random.nextInt(8) == 0 && stretch.end() == null) {
        // The answer was lost: the same is asked again.
        chunked.subList(chunkedBefore, chunked.size()).clear();
        changed.subList(changedBefore, changed.size()).clear();
      } else {
        at = stretch.next();
        end = stretch.end();
      }
      // The more is read the less is written, so that it comes to an end.
      for (int i = random.nextInt(5); end == null && i > 0; i--) {
        writeSomething(random);
      }
      shell.passMillis(5);
    }
    assertThat(at.seq()).isEqualTo(end.sequence()).isEqualTo(shell.sequence());
    assertHeld(end);
  }

  private void assertHeld(Answer.Description end) {
    Map<String, EntrySums> held = held();
    Digest sum = Digest.ZERO;
    for (EntrySums map : held.values()) {
      sum = sum.plus(map.entries());
    }
    assertThat(sum).isEqualTo(end.digest());
    for (Answer.MapLine line : end.maps()) {
      EntrySums found = held.getOrDefault(line.name(), new EntrySums(line.name()));
      assertThat(found.count()).as(line.name()).isEqualTo(line.entries());
      assertThat(found.contents()).as(line.name()).isEqualTo(line.content());
    }
  }

  @Test
  void keepsTheLogOnlyAsLongAsSomebodyReads() {
    fill(60);
    Answer.Exported first = export(READER, ExportPosition.START);
    ask(Shell.CLIENT, MAP, put("k1", "new"));
    assertThat(shell.replica.state().log.length() - shell.replica.state().log.base()).isOne();
    readToEnd(READER, first.next());
    ask(Shell.CLIENT, MAP, put("k2", "newer"));
    shell.tick();
    assertThat(shell.replica.state().log.base()).isEqualTo(shell.replica.state().log.length());
  }

  private void readToEnd(long client, ExportPosition from) {
    ExportPosition at = from;
    for (Answer.Description end = null; end == null; ) {
      Answer.Exported stretch = export(client, at);
      at = stretch.next();
      end = stretch.end();
      shell.passMillis(1);
    }
  }

  private void fill(int entries) {
    for (int i = 0; i < entries; i++) {
      ask(Shell.CLIENT, MAP, put("k" + i, "some value that takes its place"));
    }
  }

  @Test
  void forgetsWhoDoesNotAskForLong() {
    fill(60);
    Answer.Exported first = export(READER, ExportPosition.START);
    shell.passMillis(11_000);
    shell.tick();
    assertThat(export(READER, first.next()).isVoid()).isTrue();
  }

  @Test
  void forgetsWhoIsTooFarBehind() {
    fill(60);
    Answer.Exported first = export(READER, ExportPosition.START);
    String large = "x".repeat(1 << 20);
    for (int i = 0; i < 6; i++) {
      ask(Shell.CLIENT, MAP, put("large", large));
    }
    shell.tick();
    assertThat(export(READER, first.next()).isVoid()).isTrue();
    assertThat(shell.replica.state().log.bytes()).isZero();
  }

  @Test
  void hasAReaderOfAnotherSeatBeginAnew() {
    fill(60);
    ExportPosition next = export(READER, ExportPosition.START).next();
    ExportPosition other =
        new ExportPosition(next.seat() + 1, next.seq(), next.map(), next.cursor());
    assertThat(export(READER, other).isVoid()).isTrue();
    assertThat(export(READER, ExportPosition.START).isVoid()).isFalse();
  }

  @Test
  void hasAFurtherReaderWait() {
    fill(60);
    for (int reader = 0; reader < 4; reader++) {
      export(READER + reader, ExportPosition.START);
    }
    Answer answer = ask(READER + 9, "*", new Request.Export(ExportPosition.START, CHUNK_BYTES));
    assertThat(answer).isInstanceOf(Answer.Later.class);
  }

  @Test
  void answersTheSameQuestionAgain() {
    fill(60);
    ExportPosition next = export(READER, ExportPosition.START).next();
    Answer.Exported once = export(READER, next);
    Answer.Exported again = export(READER, next);
    assertThat(again.next()).isEqualTo(once.next());
    assertThat(again.packed()).isEqualTo(once.packed());
  }

  @Test
  void describesEachMap() {
    fill(3);
    ask(Shell.CLIENT, "other", put("k", "v", Expiry.at(shell.wallMillis + 5_000)));
    Answer.Description description = (Answer.Description) ask(READER, "*", new Request.Describe());
    assertThat(description.maps())
        .extracting(Answer.MapLine::name, Answer.MapLine::entries, Answer.MapLine::expiring)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(MAP, 3L, 0L),
            org.assertj.core.groups.Tuple.tuple("other", 1L, 1L));
    assertThat(description.sequence()).isEqualTo(shell.sequence());
  }
}
