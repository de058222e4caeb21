package io.shardgrid.metrics;

import io.micrometer.core.instrument.Tags;
import io.shardgrid.meter.MapMeter;
import io.shardgrid.meter.NodeTally;
import io.shardgrid.meter.OperationOutcome;
import io.shardgrid.meter.ReplicaRole;
import io.shardgrid.metrics.Enrolment.Family;
import io.shardgrid.wire.Request;

/**
 * The series of maps. A series begins when there is something to count, with each look: a map that
 * is only read has none of writes. Confined to one look at a time.
 */
final class MapSeries {

  private static final Family OPERATIONS =
      Family.of("operations", "Operations that shards of this node were handed, by how that ended");
  private static final Family LOOKUPS =
      Family.of("map.lookups", "Keys that were read, by whether they had an entry");
  private static final Family EVICTIONS =
      Family.of("map.evictions", "Entries that were removed to make room");
  private static final Family EXPIRATIONS =
      Family.of("map.expirations", "Entries that were removed since their deadline had passed");
  private static final Family ENTRIES =
      Family.of("map.entries", "Entries of this node's replicas, by role");
  private static final Family BYTES =
      Family.ofBytes("map.live", "Bytes of these entries, keys and headers included");

  private final Enrolment enrolment;
  private final NodeTally tally;

  MapSeries(Enrolment enrolment, NodeTally tally) {
    this.enrolment = enrolment;
    this.tally = tally;
  }

  /** Begins what has something to show now. */
  void look() {
    tally.maps().forEach(this::look);
  }

  private void look(MapMeter map) {
    Tags tags = Tags.of("map", map.name());
    boolean isUsed = false;
    for (Request.Kind kind : Request.Kind.values()) {
      for (OperationOutcome outcome : OperationOutcome.values()) {
        if (map.operations(kind, outcome) > 0) {
          isUsed = true;
          enrolment.counter(
              OPERATIONS,
              tags.and("kind", NodeSeries.word(kind), "outcome", NodeSeries.word(outcome)),
              map,
              of -> of.operations(kind, outcome));
        }
      }
    }
    if (isUsed || hasEntries(map)) {
      lasting(map, tags);
    }
  }

  private boolean hasEntries(MapMeter map) {
    for (ReplicaRole role : ReplicaRole.values()) {
      if (tally.entries(map, role) > 0) {
        return true;
      }
    }
    return false;
  }

  private void lasting(MapMeter map, Tags tags) {
    enrolment.counter(LOOKUPS, tags.and("result", "hit"), map, MapMeter::hits);
    enrolment.counter(LOOKUPS, tags.and("result", "miss"), map, MapMeter::misses);
    enrolment.counter(EVICTIONS, tags, tally, of -> of.evictions(map));
    enrolment.counter(EXPIRATIONS, tags, tally, of -> of.expirations(map));
    for (ReplicaRole role : ReplicaRole.values()) {
      Tags own = tags.and("role", NodeSeries.word(role));
      enrolment.gauge(ENTRIES, own, tally, of -> of.entries(map, role));
      enrolment.gauge(BYTES, own, tally, of -> of.bytes(map, role));
    }
  }
}
