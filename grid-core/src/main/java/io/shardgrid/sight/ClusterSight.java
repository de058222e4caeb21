package io.shardgrid.sight;

import io.shardgrid.health.Chronicle;
import io.shardgrid.health.Health;
import io.shardgrid.key.Charter;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MigrationReport;
import io.shardgrid.key.PlacementEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one node knows of its cluster after it has asked all members. Immutable.
 *
 * @param placement of every shard that is placed, as that node knows
 * @param moves null if the authority did not answer
 * @param measured what that node has measured since it joined
 */
public record ClusterSight(
    Charter charter,
    Health health,
    List<Seen> members,
    List<PlacementEntry> placement,
    @Nullable MigrationReport moves,
    Chronicle.Summary measured) {

  public ClusterSight {
    members = List.copyOf(members);
    placement = List.copyOf(placement);
  }

  /** A member, and what it sees of itself; null if it did not answer. */
  public record Seen(MemberView member, @Nullable NodeSight sight) {}
}
