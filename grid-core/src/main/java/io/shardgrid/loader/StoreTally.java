package io.shardgrid.loader;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the shards of a node do with the store of one map. Thread-safe. */
public final class StoreTally {

  /** What is counted. */
  public enum Event {
    /** Loads that were asked for since a key had no entry. */
    LOADS,
    /** Reads and writes that waited for a load which was under way already. */
    JOINED,
    /** Loads of entries that were still shown. */
    REFRESHES,
    /** Loads that the store was handed. */
    ASKED,
    /** Loads that found something. */
    FOUND,
    /** Loads that found nothing. */
    MISSING,
    /** Loads that failed or were refused. */
    LOAD_FAILURES,
    /** Loads whose result did not count any more, since the key was written meanwhile. */
    OVERTAKEN,
    /** Answers of absence that were known from a load before. */
    KNOWN_ABSENT,
    /** Answers of absence that the filter gave. */
    FILTERED,
    /** Entries that were made again from a write which the store does not have yet. */
    REVIVED,
    /** Writes that the store has taken. */
    STORED,
    /** Writes that another to the same key replaced before the store had them. */
    COALESCED,
    /** Batches that failed and are tried again. */
    STORE_FAILURES,
    /** Writes that the store refused for good. */
    REFUSED,
    /** Answers that were given without the word of the store. */
    UNCONFIRMED
  }

  private final Map<Event, LongAdder> counts = new EnumMap<>(Event.class);
  private final LongAdder marks = new LongAdder();
  private final LongAdder markBytes = new LongAdder();
  private final AtomicLong waiting = new AtomicLong();
  private final AtomicLongArray oldest;

  /** Nothing counted yet. */
  StoreTally(int shards) {
    for (Event event : Event.values()) {
      counts.put(event, new LongAdder());
    }
    this.oldest = new AtomicLongArray(shards);
  }

  /** One more. */
  public void count(Event event) {
    add(event, 1);
  }

  /** So many more. */
  public void add(Event event, long times) {
    LongAdder adder = counts.get(event);
    if (adder != null) {
      adder.add(times);
    }
  }

  /** How often it was counted. */
  public long of(Event event) {
    LongAdder adder = counts.get(event);
    return adder == null ? 0 : adder.sum();
  }

  /** A shard has more marks, or fewer. */
  public void marked(long more, long bytes) {
    marks.add(more);
    markBytes.add(bytes);
  }

  /** More operations wait for the store, or fewer. */
  public void waiting(long more) {
    waiting.addAndGet(more);
  }

  /** Since when a shard's oldest mark waits, in ms since 1970; 0 if there is none. */
  public void oldest(int shard, long sinceMillis) {
    oldest.setRelease(shard, sinceMillis);
  }

  /** Keys whose last write the store does not have. */
  public long marks() {
    return marks.sum();
  }

  /** Bytes of these writes. */
  public long markBytes() {
    return markBytes.sum();
  }

  /** Operations that wait for the store. */
  public long waiting() {
    return waiting.get();
  }

  /** Since when the oldest mark of all shards waits, in ms since 1970; 0 if there is none. */
  public long oldestMillis() {
    long least = 0;
    for (int shard = 0; shard < oldest.length(); shard++) {
      long since = oldest.getAcquire(shard);
      if (since != 0 && (least == 0 || since < least)) {
        least = since;
      }
    }
    return least;
  }
}
