package io.shardgrid.health;

import io.shardgrid.key.MemberView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one node knows of its cluster at one moment. Immutable.
 *
 * @param moves null if the authority did not answer
 * @param unready what keeps that node from serving; empty if nothing does
 */
public record HealthFacts(
    Shards shards, List<Member> members, @Nullable Moves moves, List<String> unready) {

  public HealthFacts {
    members = List.copyOf(members);
    unready = List.copyOf(unready);
  }

  /**
   * Where shards are.
   *
   * @param all how many there are
   * @param copies that each should have, its primary among them
   * @param unplaced of which it is not known where they are
   * @param lost numbers of those whose last copy is gone
   * @param thin those that have a copy, and fewer than they should
   */
  public record Shards(int all, int copies, int unplaced, List<Integer> lost, int thin) {

    public Shards {
      lost = List.copyOf(lost);
    }

    /** Whether every shard has all its copies. */
    public boolean isWhole() {
      return unplaced == 0 && lost.isEmpty() && thin == 0;
    }
  }

  /** A member, and whether it has answered. */
  public record Member(MemberView view, boolean isAnswering) {}

  /**
   * What the authority does.
   *
   * @param running moves under way
   * @param waiting moves that are planned and have not begun, those cancelled not among them
   * @param isPaused whether none begins that only evens out
   * @param cancelled moves that an operator has given up
   */
  public record Moves(int running, int waiting, boolean isPaused, int cancelled) {}
}
