package io.shardgrid.node.resp;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.key.Slot;
import io.shardgrid.key.SlotRange;
import io.shardgrid.node.access.GridAccess;
import io.shardgrid.route.Router;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as this node announces it to clients of Redis Cluster: which node answers for which
 * slots. A shard whose primary has no RESP port is announced under this node, which forwards.
 */
final class ClusterView {

  private static final int ID_DIGITS = 40;

  /** A node that clients can connect to. */
  record Node(NodeId id, String name, int port, MemberView.Standing standing) {

    /** Forty hexadecimal digits, the same in every view. */
    String digits() {
      try {
        byte[] hash =
            MessageDigest.getInstance("SHA-1")
                .digest(id.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash).substring(0, ID_DIGITS);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every JVM has SHA-1", e);
      }
    }
  }

  /** Neighbouring slots and the node that answers for them. */
  record Owned(SlotRange slots, Node node) {}

  private final GridAccess grid;
  private final int ownPort;

  ClusterView(GridAccess grid, int ownPort) {
    this.grid = grid;
    this.ownPort = ownPort;
  }

  /** The error reply for a slot that another node answers for, or null if this one does. */
  @Nullable String elsewhere(int slot) {
    Router router = grid.router();
    PlacementEntry entry = router.placement(Slot.shardOf(slot, router.shards()));
    if (entry == null) {
      return "CLUSTERDOWN Hash slot not served: its shard has no placement yet: slot=" + slot;
    }
    NodeId primary = entry.primary();
    if (primary == null) {
      return "CLUSTERDOWN Hash slot not served: the last copy of its shard is gone: slot="
          + slot
          + ", shard="
          + entry.shard();
    }
    Node node = announced(primary);
    return node.id().equals(grid.self())
        ? null
        : "MOVED " + slot + " " + node.id().host() + ":" + node.port();
  }

  /** Whether this node answers for a shard. */
  boolean isOwn(int shard) {
    PlacementEntry entry = grid.router().placement(shard);
    NodeId primary = entry == null ? null : entry.primary();
    return primary != null && announced(primary).id().equals(grid.self());
  }

  /** This node. */
  Node self() {
    NodeId self = grid.self();
    for (MemberView member : grid.members()) {
      if (member.id().equals(self)) {
        return new Node(self, member.name(), ownPort, member.standing());
      }
    }
    return new Node(self, self.address(), ownPort, MemberView.Standing.JOINING);
  }

  /** The nodes that clients can connect to, this one first, the others by name. */
  List<Node> nodes() {
    List<Node> nodes = new ArrayList<>();
    nodes.add(self());
    grid.members().stream()
        .filter(member -> member.respPort() != 0 && !member.id().equals(grid.self()))
        .sorted(Comparator.comparing(MemberView::name).thenComparing(MemberView::id))
        .forEach(member -> nodes.add(nodeOf(member)));
    return nodes;
  }

  /** Who answers for which slots, in their order; slots that nobody answers for are left out. */
  List<Owned> owned() {
    Router router = grid.router();
    List<Owned> owned = new ArrayList<>();
    for (int shard = 0; shard < router.shards(); shard++) {
      PlacementEntry entry = router.placement(shard);
      NodeId primary = entry == null ? null : entry.primary();
      if (primary != null) {
        append(owned, Slot.rangeOf(shard, router.shards()), announced(primary));
      }
    }
    return owned;
  }

  private static void append(List<Owned> owned, SlotRange slots, Node node) {
    Owned last = owned.isEmpty() ? null : owned.get(owned.size() - 1);
    if (last != null && last.node.equals(node) && last.slots.last() + 1 == slots.first()) {
      owned.set(owned.size() - 1, new Owned(new SlotRange(last.slots.first(), slots.last()), node));
    } else {
      owned.add(new Owned(slots, node));
    }
  }

  /** Shards of which this predicate holds. */
  int shards(Predicate<@Nullable PlacementEntry> predicate) {
    Router router = grid.router();
    int shards = 0;
    for (int shard = 0; shard < router.shards(); shard++) {
      if (predicate.test(router.placement(shard))) {
        shards++;
      }
    }
    return shards;
  }

  /** The highest epoch of a shard's placement. */
  long epoch() {
    Router router = grid.router();
    long epoch = 0;
    for (int shard = 0; shard < router.shards(); shard++) {
      PlacementEntry entry = router.placement(shard);
      epoch = entry == null ? epoch : Math.max(epoch, entry.epoch());
    }
    return epoch;
  }

  private Node announced(NodeId primary) {
    if (!primary.equals(grid.self())) {
      for (MemberView member : grid.members()) {
        if (member.id().equals(primary) && member.respPort() != 0) {
          return nodeOf(member);
        }
      }
    }
    return self();
  }

  private static Node nodeOf(MemberView member) {
    return new Node(member.id(), member.name(), member.respPort(), member.standing());
  }
}
