package io.shardgrid.shard;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.ExportPosition;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.replica.Change;
import io.shardgrid.wire.replica.CopyItem;
import io.shardgrid.wire.replica.LoggedWrite;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the shard out for those who keep it elsewhere, a stretch with each question. Confined to
 * the primary, and ends with its reign.
 */
final class Exports {

  /*
   * The stream of a copy, pulled instead of pushed: chunks of entries as they are when they are
   * read, and for every write since the last stretch the keys it changed, as they are now. So a
   * reader that lets changes count more than chunks, and of two changes of a key the last one, has
   * after the last stretch what the shard held after the write with the number that stands there,
   * and can tell by the digest.
   *
   * The reader holds the position. Kept here is only up to which write it has read, so that the log
   * is not cut above that; it may ask for a stretch again if the answer was lost. An answer is told
   * when all that it shows is committed, as that of every read.
   */
  private static final long CHANGES_BYTES = 256 << 10;

  private final ReplicaState state;
  private final ReplicationSettings settings;
  private final CopyPace pace;

  /** By the number of who reads. */
  private final Map<Long, Pin> pins = new LinkedHashMap<>();

  /** Up to which write somebody has read, and when it asked last. */
  private record Pin(long seq, long heardNanos) {}

  /** Changes up to a write. */
  private record Changes(long seq, List<Answer.Changed> keys) {}

  Exports(ReplicaState state, ReplicationSettings settings, CopyPace pace) {
    this.state = state;
    this.settings = settings;
    this.pace = pace;
  }

  boolean isEmpty() {
    return pins.isEmpty();
  }

  /** Writes above this number may be asked for. */
  long keepsLogFrom() {
    long least = Long.MAX_VALUE;
    for (Pin pin : pins.values()) {
      least = Math.min(least, pin.seq());
    }
    return least;
  }

  /** Forgets who has not asked for long, and who is so far behind that writes would suffer. */
  void expire(long nowNanos) {
    if (pins.isEmpty()) {
      return;
    }
    ReplicationSettings.Exporting bounds = settings.exporting();
    long backlogMax = Math.min(bounds.backlogBytesMax(), settings.logBytesMax() / 2);
    boolean isFull = state.log.bytes() > backlogMax;
    pins.values()
        .removeIf(
            pin ->
                nowNanos - pin.heardNanos() >= bounds.silence().toNanos()
                    || (isFull && pin.seq() <= state.log.base()));
  }

  /** The next stretch for a client. O(bytes of a chunk and of changes). */
  Answer read(long client, Request.Export request, long nowNanos) {
    ExportPosition from = request.from();
    boolean isFirst = from.seat() == 0;
    if (isFirst && !pins.containsKey(client) && pins.size() >= settings.exporting().readersMax()) {
      return new Answer.Later("as many read the shard out as may");
    }
    if (isFirst) {
      from = new ExportPosition(state.seat, state.log.length(), 0, 0);
    } else if (!isKept(client, from)) {
      pins.remove(client);
      return stretch(ExportPosition.START, none(), List.of(), null);
    }
    pins.put(client, new Pin(from.seq(), nowNanos));
    Answer.Exported stretch =
        read(from, Math.min(request.bytesMax(), settings.chunkBytes()), nowNanos);
    if (stretch.end() != null) {
      // If this answer is lost the reader begins anew; else it does not come again.
      pins.remove(client);
    }
    return stretch;
  }

  private boolean isKept(long client, ExportPosition from) {
    return pins.containsKey(client)
        && from.seat() == state.seat
        && from.seq() >= state.log.base()
        && from.seq() <= state.log.length()
        && from.cursor() >= 0
        && from.cursor() <= BucketMap.CURSOR_MAX;
  }

  private Answer.Exported read(ExportPosition from, long bytesMax, long nowNanos) {
    Changes changes = changesAfter(from.seq());
    ShardMaps maps = state.store.maps();
    int map = from.map();
    long cursor = from.cursor();
    CopyItem.Chunk chunk = none();
    if (map < maps.count() && pace.isOpen(nowNanos)) {
      ChunkReader.Read read = ChunkReader.readOnce(maps, map, cursor, bytesMax);
      chunk = read.chunk();
      pace.sent(chunk.bytes());
      cursor = read.cursor();
      map = cursor == 0 ? map + 1 : map;
    }
    // A map that is made later comes with its writes, and is read all the same.
    boolean isWhole = map >= maps.count() && changes.seq() == state.log.length();
    return stretch(
        new ExportPosition(state.seat, changes.seq(), map, cursor),
        chunk,
        changes.keys(),
        isWhole ? state.store.describe() : null);
  }

  private Answer.Exported stretch(
      ExportPosition next,
      CopyItem.Chunk chunk,
      List<Answer.Changed> changes,
      Answer.@Nullable Description end) {
    return new Answer.Exported(
        next,
        Objects.requireNonNull(state.placement).epoch(),
        chunk.map(),
        chunk.entries(),
        chunk.packed(),
        chunk.crc(),
        changes,
        end);
  }

  private static CopyItem.Chunk none() {
    return new CopyItem.Chunk("", 0, new byte[0], 0);
  }

  /** Each key once, as it is now; whole writes, until they have so many bytes. */
  private Changes changesAfter(long from) {
    List<Answer.Changed> keys = new ArrayList<>();
    Set<List<Object>> seen = new HashSet<>();
    long bytes = 0;
    long seq = from;
    while (seq < state.log.length() && bytes < CHANGES_BYTES) {
      seq++;
      LoggedWrite write = state.log.at(seq);
      bytes += add(write.change(), write.seq(), seen, keys);
    }
    return new Changes(seq, keys);
  }

  private long add(Change change, long seq, Set<List<Object>> seen, List<Answer.Changed> keys) {
    if (change instanceof Change.Batch batch) {
      long bytes = 0;
      for (Change part : batch.changes()) {
        bytes += add(part, seq, seen, keys);
      }
      return bytes;
    }
    if (change instanceof Change.Clear clear) {
      keys.add(new Answer.Changed(clear.map(), null, null, seq, 0));
      return clear.map().length();
    }
    if (change instanceof Change.Put put) {
      return add(put.map(), put.key(), seq, seen, keys);
    } else if (change instanceof Change.Expire expire) {
      return add(expire.map(), expire.key(), seq, seen, keys);
    } else if (change instanceof Change.Remove remove) {
      return add(remove.map(), remove.key(), seq, seen, keys);
    }
    return 0;
  }

  private long add(
      String name, byte[] key, long seq, Set<List<Object>> seen, List<Answer.Changed> keys) {
    if (!seen.add(List.of(name, ByteBuffer.wrap(key)))) {
      return 0;
    }
    BucketMap map = state.store.maps().find(name);
    long entry = map == null ? BucketMap.ABSENT : map.find(key);
    if (map == null || entry == BucketMap.ABSENT) {
      keys.add(new Answer.Changed(name, key, null, seq, 0));
      return key.length;
    }
    byte[] value = map.value(entry);
    keys.add(new Answer.Changed(name, key, value, map.version(entry), map.deadlineMillis(entry)));
    return (long) key.length + value.length;
  }
}
