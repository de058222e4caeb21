package io.shardgrid.sight;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tells what was read of each map within the last minute, from counts that only grow. Confined to
 * its owner, who tells it what was counted every few seconds.
 *
 * <p>The window is a minute at most and, once that has passed, ten seconds less at least.
 */
public final class ReadWindow {

  private static final long SPAN_NANOS = Duration.ofSeconds(60).toNanos();
  private static final long STEP_NANOS = Duration.ofSeconds(5).toNanos();

  private final Deque<Mark> marks = new ArrayDeque<>();

  private record Mark(long nanos, Map<String, MapReads> counts) {}

  /** Begins with what was counted until now. */
  public ReadWindow(long nowNanos, List<MapReads> counts) {
    marks.addLast(new Mark(nowNanos, byMap(counts)));
  }

  /**
   * What was read since the beginning of the window.
   *
   * @param counts what was read of each map so far, none of which ever falls
   * @return maps of which something was read, the one that was read most first, {@link
   *     NodeSight#MAPS_MAX} at most
   */
  public NodeSight.Reads until(long nowNanos, List<MapReads> counts) {
    while (marks.size() > 1 && nowNanos - marks.getFirst().nanos > SPAN_NANOS) {
      marks.removeFirst();
    }
    Mark oldest = marks.getFirst();
    List<MapReads> read = new ArrayList<>();
    for (MapReads now : counts) {
      MapReads then = oldest.counts.getOrDefault(now.map(), new MapReads(now.map(), 0, 0));
      MapReads since =
          new MapReads(now.map(), now.hits() - then.hits(), now.misses() - then.misses());
      if (since.reads() > 0) {
        read.add(since);
      }
    }
    read.sort(Comparator.comparingLong(MapReads::reads).reversed());
    if (nowNanos - marks.getLast().nanos >= STEP_NANOS) {
      marks.addLast(new Mark(nowNanos, byMap(counts)));
    }
    return new NodeSight.Reads(
        Duration.ofNanos(nowNanos - oldest.nanos).toMillis(),
        read.subList(0, Math.min(NodeSight.MAPS_MAX, read.size())));
  }

  private static Map<String, MapReads> byMap(List<MapReads> counts) {
    return counts.stream().collect(Collectors.toMap(MapReads::map, one -> one));
  }
}
