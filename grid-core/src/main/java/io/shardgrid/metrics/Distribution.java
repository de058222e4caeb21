package io.shardgrid.metrics;

import io.micrometer.core.instrument.Tags;
import io.shardgrid.meter.HistogramCounts;
import io.shardgrid.meter.MapMeter;
import io.shardgrid.meter.NodeTally;
import io.shardgrid.metrics.Enrolment.Family;
import io.shardgrid.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Histograms of one name. Stateless.
 *
 * @param isTime whether its numbers are nanoseconds, which are shown in seconds
 * @param series what there is to show of a node now
 */
record Distribution(Family family, boolean isTime, Function<NodeTally, List<Series>> series) {

  private static final double NANOS_PER_SECOND = 1e9;

  /** One of them. */
  record Series(Tags tags, HistogramCounts counts) {}

  /** All that a node has. */
  static final List<Distribution> ALL =
      List.of(
          new Distribution(
              Family.ofSeconds(
                  "operation.duration",
                  "Time from the arrival of an operation at its shard to its answer, of one in 16"),
              true,
              Distribution::operations),
          new Distribution(
              Family.ofSeconds(
                  "turn.duration", "Time of a turn of a shard's actor, of one in 64, by group"),
              true,
              Distribution::turns),
          new Distribution(
              Family.ofSeconds(
                  "replication.acknowledgement",
                  "Time from a message to a backup to its acknowledgement, signs of life included"),
              true,
              tally -> one(tally.acknowledgements().counts())),
          new Distribution(
              Family.of("replication.batch.writes", "Writes in one message to a backup"),
              false,
              tally -> one(tally.batches().counts())),
          new Distribution(
              Family.ofSeconds(
                  "switch.pause",
                  "Time without a primary when this node handed a shard's seat over in order"),
              true,
              tally -> one(tally.pauses().counts())));

  private static List<Series> one(HistogramCounts counts) {
    return List.of(new Series(Tags.empty(), counts));
  }

  private static List<Series> turns(NodeTally tally) {
    List<Series> all = new ArrayList<>();
    for (int group = 0; group < tally.groups(); group++) {
      all.add(new Series(Tags.of("group", String.valueOf(group)), tally.turns(group).counts()));
    }
    return all;
  }

  private static List<Series> operations(NodeTally tally) {
    List<Series> all = new ArrayList<>();
    for (MapMeter map : tally.maps()) {
      for (Request.Kind kind : Request.Kind.values()) {
        HistogramCounts counts = map.times(kind);
        if (counts != null) {
          all.add(new Series(Tags.of("map", map.name(), "kind", NodeSeries.word(kind)), counts));
        }
      }
    }
    return all;
  }

  /** A number of it in the unit that is shown. */
  double shown(long number) {
    return isTime ? number / NANOS_PER_SECOND : number;
  }
}
