package io.shardgrid.member;

import io.shardgrid.key.NodeId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a member says of the others. Immutable.
 *
 * @param dead their ports refuse connections, or they have been silent for long enough to be taken
 *     out
 * @param disconnected they have been silent for much longer, though they are still members
 * @param choice which of those that do not hear each other should go, if it is on this member to
 *     say
 */
public record Hearing(Set<NodeId> dead, Set<NodeId> disconnected, @Nullable NodeId choice) {

  public Hearing {
    dead = Set.copyOf(dead);
    disconnected = Set.copyOf(disconnected);
  }
}
