package io.shardgrid.actor;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The members that have announced their departure. Confined to the authority's actor. */
final class Departures {

  /** Who has announced its departure and does not repeat that for so long stays. */
  private static final long LEASE_NANOS = Duration.ofSeconds(10).toNanos();

  private final Map<NodeId, Long> announced = new HashMap<>();

  /** A member says that it departs; whether that is news. */
  boolean announce(NodeId node, long nowNanos) {
    return announced.put(node, nowNanos) == null;
  }

  /** Who departs says so again and again, until it has left; whether one stays after all. */
  boolean forgetWhoStays(long nowNanos) {
    return announced.values().removeIf(since -> nowNanos - since > LEASE_NANOS);
  }

  /** The members, those that depart as such. */
  List<MemberView> among(List<MemberView> members) {
    return members.stream().map(this::departed).toList();
  }

  private MemberView departed(MemberView view) {
    boolean leaves = announced.containsKey(view.id()) && view.standing() == Standing.UP;
    return leaves ? view.withStanding(Standing.LEAVING) : view;
  }
}
