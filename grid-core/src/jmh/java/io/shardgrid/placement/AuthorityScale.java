package io.shardgrid.placement;

import io.shardgrid.figures.Amounts;
import io.shardgrid.figures.Effort;
import io.shardgrid.figures.MarkdownTable;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * What an authority and its registers say to each other in a large cluster, and what that costs.
 */
public final class AuthorityScale {

  private static final long SEED = 1;
  private static final int WARM_NODES = 200;

  private final LargeCluster cluster;
  private final ToLongFunction<Object> size;
  private final MarkdownTable table =
      new MarkdownTable(
          "what happens",
          "commits",
          "copies",
          "requests",
          "answers",
          "Placed",
          "sent",
          "received",
          "authority's time",
          "all allocated",
          "simulated time");

  private AuthorityScale(LargeCluster cluster, ToLongFunction<Object> size) {
    this.cluster = cluster;
    this.size = size;
  }

  /**
   * Runs a cluster of so many nodes and shards from its founding to the end of its authority.
   *
   * @param size bytes of a message between members
   */
  public static MarkdownTable measure(int nodes, int shards, ToLongFunction<Object> size) {
    // A smaller one first, so that what is measured is compiled.
    run(Math.min(nodes, WARM_NODES), Math.min(shards, WARM_NODES), message -> 0);
    return run(nodes, shards, size);
  }

  private static MarkdownTable run(int nodes, int shards, ToLongFunction<Object> size) {
    List<MemberView> members = LargePlan.members(nodes, 1, SEED);
    AuthorityScale scale = new AuthorityScale(new LargeCluster(shards, members), size);
    NodeId gone = members.get(nodes / 2).id();
    scale.row("founding", scale.cluster::found);
    scale.row("all report once", scale.cluster::reportAll);
    scale.row("a tick, with nothing to do", scale.cluster::tick);
    scale.row("a node joins", () -> scale.cluster.join(LargePlan.member(nodes, 1, SEED - 2)));
    scale.row("a node crashes: its shards served", () -> scale.cluster.crash(gone));
    scale.row("the rest: removed, copies anew", () -> scale.cluster.remove(gone));
    scale.row("another authority", scale.cluster::failOver);
    return scale.table;
  }

  private void row(String what, Runnable event) {
    cluster.clearCounts();
    Effort effort = Effort.of(event);
    MessageCounts sent = cluster.sent();
    MessageCounts answered = cluster.answered();
    table.row(
        what,
        Integer.toString(cluster.commits()),
        Integer.toString(cluster.copies()),
        Amounts.count((double) (sent.all() - sent.of(Placed.class))),
        Amounts.count((double) answered.all()),
        Amounts.count((double) sent.of(Placed.class)),
        Amounts.bytes((double) sent.bytes(size)),
        Amounts.bytes((double) answered.bytes(size)),
        Amounts.nanos((double) cluster.authorityNanos()),
        effort.bytes(),
        String.format(Locale.ROOT, "%.2f s", cluster.elapsed().toMillis() / 1e3));
  }
}
