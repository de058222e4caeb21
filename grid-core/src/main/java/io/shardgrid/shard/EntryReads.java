package io.shardgrid.shard;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out what only reads. Makes no map; removes what it finds expired. */
final class EntryReads {

  /** A scan's position has 32 bits. */
  private static final long POSITION_MAX = 0xffff_ffffL;

  private final ShardStore store;
  private final int pageEntriesMax;
  private final long pageBytesMax;

  EntryReads(ShardStore store, ReplicaSettings settings) {
    this.store = store;
    this.pageEntriesMax = settings.pageEntriesMax();
    this.pageBytesMax = settings.pageBytesMax();
  }

  Answer get(String name, byte[] key, boolean wantsValue) {
    BucketMap map = store.maps().find(name);
    long entry = store.findLive(name, map, key);
    if (map == null || entry == BucketMap.ABSENT) {
      return Answer.Absent.INSTANCE;
    }
    map.touch(entry);
    long deadline = map.deadlineMillis(entry);
    long left = deadline == BucketMap.NO_DEADLINE ? -1 : deadline - store.wallMillis();
    byte[] value = wantsValue ? map.value(entry) : null;
    return new Answer.Entry(value, map.valueLength(entry), map.version(entry), deadline, left);
  }

  Answer getAll(String name, List<byte[]> keys) {
    BucketMap map = store.maps().find(name);
    List<byte @Nullable []> values = new ArrayList<>(keys.size());
    for (byte[] key : keys) {
      long entry = store.findLive(name, map, key);
      if (map == null || entry == BucketMap.ABSENT) {
        values.add(null);
      } else {
        map.touch(entry);
        values.add(map.value(entry));
      }
    }
    return new Answer.Values(values);
  }

  Answer countAll(String name, List<byte[]> keys) {
    BucketMap map = store.maps().find(name);
    long count = 0;
    for (byte[] key : keys) {
      if (store.findLive(name, map, key) != BucketMap.ABSENT) {
        count++;
      }
    }
    return new Answer.Amount(count);
  }

  /** Entries that have expired and were not yet removed count. O(1). */
  Answer size(String name) {
    BucketMap map = store.maps().find(name);
    return new Answer.Amount(map == null ? 0 : map.entries());
  }

  /** A page; one without entries that ends the scan if the position is not one. */
  Answer scan(String name, Request.Scan scan) {
    BucketMap map = store.maps().find(name);
    if (map == null || scan.position() < 0 || scan.position() > POSITION_MAX) {
      return new Answer.Page(0, List.of());
    }
    Page page = new Page(scan.wantsValues(), store.wallMillis());
    int visitsMax = Math.max(1, Math.min(scan.entriesMin(), pageEntriesMax));
    long position = scan.position();
    // A chain of buckets at a time: values may be megabytes, and a page is full by bytes too.
    do {
      position = map.scan(position, 1, page);
    } while (position != 0 && page.visits < visitsMax && page.bytes < pageBytesMax);
    return new Answer.Page(position, page.items);
  }

  /** Collects the entries of one page. */
  private static final class Page implements BucketMap.EntryVisitor {
    private final boolean wantsValues;
    private final long wallMillis;
    private final List<Answer.Item> items = new ArrayList<>();
    private int visits;
    private long bytes;

    Page(boolean wantsValues, long wallMillis) {
      this.wantsValues = wantsValues;
      this.wallMillis = wallMillis;
    }

    @Override
    public void visit(BucketMap map, long entry) {
      // Expired ones count as visits: a page of a map that has expired as a whole must end too.
      visits++;
      long deadline = map.deadlineMillis(entry);
      if (!Deadlines.isPast(deadline, wallMillis)) {
        byte[] key = map.key(entry);
        byte[] value = wantsValues ? map.value(entry) : null;
        bytes += key.length + (value == null ? 0 : value.length);
        items.add(new Answer.Item(key, value, map.version(entry), deadline));
      }
    }
  }
}
