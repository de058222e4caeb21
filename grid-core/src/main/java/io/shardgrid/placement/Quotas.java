package io.shardgrid.placement;

import io.shardgrid.key.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Exact shares of the shards by weight: the method of largest remainders (Hamilton, 1792). */
final class Quotas {

  private Quotas() {}

  /**
   * Shares out {@code total} shards; the shares add up to it. Of equal remainders the node that
   * holds more of its share comes first, so that no shard moves only because of a tie.
   *
   * @param weights the nodes and their weights, each above 0
   * @param held how many shards nodes have now
   */
  static Map<NodeId, Integer> share(
      int total, Map<NodeId, Integer> weights, Map<NodeId, Integer> held) {
    long sum = weights.values().stream().mapToLong(Integer::longValue).sum();
    List<Share> shares = new ArrayList<>();
    weights.forEach(
        (node, weight) -> {
          long exact = (long) total * weight;
          int whole = (int) (exact / sum);
          int surplus = held.getOrDefault(node, 0) - whole;
          shares.add(new Share(node, whole, exact % sum, surplus));
        });
    shares.sort(Share.ORDER);
    int left = total - shares.stream().mapToInt(Share::whole).sum();
    Map<NodeId, Integer> quotas = new TreeMap<>();
    for (Share share : shares) {
      int extra = left > 0 ? 1 : 0;
      quotas.put(share.node(), share.whole() + extra);
      left -= extra;
    }
    return quotas;
  }

  private record Share(NodeId node, int whole, long remainder, int surplus) {

    static final Comparator<Share> ORDER =
        Comparator.comparingLong(Share::remainder)
            .thenComparingInt(Share::surplus)
            .reversed()
            .thenComparing(Share::node);
  }
}
