package io.shardgrid.placement;

import io.shardgrid.key.Charter;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.placement.RegisterMessage.Prepare;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends to each member what it has not answered yet, so that saying everything again costs nothing
 * where all is well.
 *
 * <p>One number a member says how far it knows the committed table: it is always sent everything
 * above its mark, and an authority commits in the order of epochs.
 */
final class Outbox {

  private final long authority;
  private final AuthorityEffects effects;
  private final Map<NodeId, Long> acknowledged = new HashMap<>();

  Outbox(long authority, AuthorityEffects effects) {
    this.authority = authority;
    this.effects = effects;
  }

  void prepare(Collection<NodeId> nodes, Candidacy candidacy) {
    for (NodeId node : nodes) {
      if (!candidacy.hasPromiseOf(node)) {
        effects.sendRegister(node, new Prepare(candidacy.term(), authority));
      }
    }
  }

  /** The same to those that have answered, too. */
  void prepareAgain(Collection<NodeId> nodes, Candidacy candidacy) {
    Prepare prepare = new Prepare(candidacy.term(), authority);
    nodes.forEach(node -> effects.sendRegister(node, prepare));
  }

  void accept(Collection<NodeId> nodes, Round round) {
    for (NodeId node : nodes) {
      if (!round.isAcceptedBy(node)) {
        effects.sendRegister(node, round.request());
      }
    }
  }

  /** Most members lack the same, which is looked for once and is one message to all of them. */
  void placed(
      Collection<NodeId> nodes, int term, @Nullable Charter charter, PlacementTable committed) {
    if (charter == null) {
      return;
    }
    Map<Long, Placed> byMark = new HashMap<>();
    for (NodeId node : nodes) {
      long mark = acknowledged.getOrDefault(node, Epoch.NONE);
      if (mark < committed.highestEpoch()) {
        effects.sendPlaced(
            node,
            byMark.computeIfAbsent(
                mark, known -> new Placed(term, charter, committed.newerThan(known))));
      }
    }
  }

  void acknowledged(NodeId node, long epoch) {
    acknowledged.merge(node, epoch, Math::max);
  }

  void retain(Set<NodeId> members) {
    acknowledged.keySet().retainAll(members);
  }
}
