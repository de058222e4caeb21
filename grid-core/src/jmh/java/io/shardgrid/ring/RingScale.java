package io.shardgrid.ring;

import io.shardgrid.figures.MarkdownTable;
import io.shardgrid.key.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** How much of the ring changes hands when one of many nodes comes or goes, over several seeds. */
public final class RingScale {

  private static final int VIRTUAL_NODES = 128;
  private static final double PERCENT = 100;

  private final int shards;
  private final List<Double> joined = new ArrayList<>();
  private final List<Double> left = new ArrayList<>();
  private final List<Double> most = new ArrayList<>();
  private int strays;

  private RingScale(int shards) {
    this.shards = shards;
  }

  /** So many nodes of the same weight, whose names and addresses are drawn anew for each seed. */
  public static MarkdownTable measure(int nodes, int shards, int seeds) {
    RingScale scale = new RingScale(shards);
    for (int seed = 1; seed <= seeds; seed++) {
      scale.run(nodes, new Random(seed));
    }
    MarkdownTable table = new MarkdownTable("of all shards", "ideal", "mean", "least", "most");
    scale.row(table, "move when one joins", PERCENT / (nodes + 1), scale.joined);
    scale.row(table, "move when one leaves", PERCENT / nodes, scale.left);
    scale.row(table, "owned by the node that owns most", PERCENT / nodes, scale.most);
    table.row("move between two others", "0", Integer.toString(scale.strays), "", "");
    return table;
  }

  private void run(int nodes, Random random) {
    List<Ring.Member> members = new ArrayList<>();
    for (int i = 0; i <= nodes; i++) {
      NodeId id = new NodeId("host-%x".formatted(random.nextLong()), 10_171, i);
      members.add(new Ring.Member(id, "n%x".formatted(random.nextInt()), "zone", 1));
    }
    List<NodeId> with = owners(members);
    NodeId last = members.get(nodes).id();
    List<NodeId> without = owners(members.subList(0, nodes));
    NodeId first = members.get(0).id();
    List<NodeId> fewer = owners(members.subList(1, nodes));
    joined.add(share(without, with, last));
    left.add(share(fewer, without, first));
    Map<NodeId, Integer> owned = new HashMap<>();
    without.forEach(owner -> owned.merge(owner, 1, Integer::sum));
    int maximum = owned.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    most.add(PERCENT * maximum / shards);
  }

  private List<NodeId> owners(List<Ring.Member> members) {
    Ring ring = Ring.of(members, VIRTUAL_NODES);
    List<NodeId> owners = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      owners.add(ring.preference(shard).get(0));
    }
    return owners;
  }

  /** The share, in percent, of what has another owner with one more node: that one, or a stray. */
  private double share(List<NodeId> without, List<NodeId> with, NodeId one) {
    int moved = 0;
    for (int shard = 0; shard < shards; shard++) {
      if (!with.get(shard).equals(without.get(shard))) {
        moved++;
        strays += with.get(shard).equals(one) ? 0 : 1;
      }
    }
    return PERCENT * moved / shards;
  }

  private void row(MarkdownTable table, String what, double ideal, List<Double> shares) {
    table.row(
        what,
        percent(ideal),
        percent(shares.stream().mapToDouble(Double::doubleValue).average().orElse(0)),
        percent(shares.stream().mapToDouble(Double::doubleValue).min().orElse(0)),
        percent(shares.stream().mapToDouble(Double::doubleValue).max().orElse(0)));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.3f %%", share);
  }
}
