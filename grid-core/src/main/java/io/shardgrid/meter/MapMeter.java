package io.shardgrid.meter;

import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of the operations of one map that has meters of its own on this node, or of all
 * those that have none. Thread-safe; never forgotten, so that counts do not fall when the map's
 * shards move away.
 */
@SuppressWarnings("EnumOrdinal") // places in arrays, which no one else sees
public final class MapMeter {

  /*
   * Counted for each thread's stripe, not for each shard: with hundreds of shards the latter is a
   * cache line for each, none of which is near when it is needed. One addition counts an operation:
   * a read that finds nothing has a place of its own beside that of one that does, and so hits and
   * misses are sums of places that never fall. Operations on many keys add the keys up.
   *
   *   for each kind: OK FAILED MOVED LATER DROPPED ABSENT;   then keys found, keys not found
   */
  private static final VarHandle AT = MethodHandles.arrayElementVarHandle(long[].class);
  private static final Request.Kind[] KINDS = Request.Kind.values();
  private static final int ABSENT = OperationOutcome.values().length;
  private static final int PLACES = ABSENT + 1;
  private static final int KEYS_FOUND = KINDS.length * PLACES;
  private static final int KEYS_MISSED = KEYS_FOUND + 1;

  private final int index;
  private final String name;
  private final Buckets buckets;
  private final long[][] stripes = new long[Stripes.COUNT][2 * Stripes.ROOM + KEYS_MISSED + 1];
  private final Map<Request.Kind, StripedHistogram> times = new ConcurrentHashMap<>();

  MapMeter(int index, String name, Buckets buckets) {
    this.index = index;
    this.name = name;
    this.buckets = buckets;
  }

  /** Its place among those that have meters. */
  int index() {
    return index;
  }

  /** Whether it counts one map alone, and not all those that have no meters of their own. */
  public boolean isOfOneMap() {
    return index > 0;
  }

  /** The name of the map, as a label. */
  public String name() {
    return name;
  }

  private void add(int place, long more) {
    AT.getAndAdd(stripes[Stripes.own()], Stripes.ROOM + place, more);
  }

  private long sum(int place) {
    long sum = 0;
    for (long[] stripe : stripes) {
      sum += (long) AT.getVolatile(stripe, Stripes.ROOM + place);
    }
    return sum;
  }

  private static int place(Request.Kind kind, int at) {
    return kind.ordinal() * PLACES + at;
  }

  /** An operation was answered. */
  void answered(Request request, Answer answer) {
    Request.Kind kind = request.kind();
    if (answer instanceof Answer.Entry) {
      add(place(kind, OperationOutcome.OK.ordinal()), 1);
    } else if (answer instanceof Answer.Absent) {
      add(place(kind, ABSENT), 1);
    } else {
      add(place(kind, OperationOutcome.of(answer).ordinal()), 1);
      countKeys(request, answer);
    }
  }

  private void countKeys(Request request, Answer answer) {
    if (answer instanceof Answer.Values found) {
      long hits = 0;
      for (byte[] value : found.values()) {
        hits += value == null ? 0 : 1;
      }
      add(KEYS_FOUND, hits);
      add(KEYS_MISSED, found.values().size() - hits);
    } else if (request instanceof Request.CountAll asked && answer instanceof Answer.Amount found) {
      add(KEYS_FOUND, found.value());
      add(KEYS_MISSED, asked.keys().size() - found.value());
    }
  }

  /** An operation will not be answered. */
  void dropped(Request request) {
    add(place(request.kind(), OperationOutcome.DROPPED.ordinal()), 1);
  }

  /** An operation took so long. */
  void took(Request.Kind kind, long nanos) {
    StripedHistogram known = times.get(kind);
    if (known == null) {
      known = times.computeIfAbsent(kind, any -> new StripedHistogram(buckets));
    }
    known.add(nanos);
  }

  /** An operation that is followed took so long; others of its kind were timed before. */
  void followed(Request.Kind kind, Exemplar exemplar) {
    StripedHistogram known = times.get(kind);
    if (known != null) {
      known.note(exemplar);
    }
  }

  /** Operations of a kind that ended so. */
  public long operations(Request.Kind kind, OperationOutcome outcome) {
    long absent = outcome == OperationOutcome.OK ? sum(place(kind, ABSENT)) : 0;
    return sum(place(kind, outcome.ordinal())) + absent;
  }

  /** Keys that were read and had an entry. */
  public long hits() {
    int found = OperationOutcome.OK.ordinal();
    return sum(place(Request.Kind.GET, found))
        + sum(place(Request.Kind.PEEK, found))
        + sum(KEYS_FOUND);
  }

  /** Keys that were read and had none. */
  public long misses() {
    return sum(place(Request.Kind.GET, ABSENT))
        + sum(place(Request.Kind.PEEK, ABSENT))
        + sum(KEYS_MISSED);
  }

  /** How long operations of a kind took, those that were timed; null if none was. */
  public @Nullable HistogramCounts times(Request.Kind kind) {
    StripedHistogram known = times.get(kind);
    return known == null ? null : known.counts();
  }
}
