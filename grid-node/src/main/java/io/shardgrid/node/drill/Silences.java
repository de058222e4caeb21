package io.shardgrid.node.drill;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** How long shards did not answer, as the operations of a load tell. Stateless. */
final class Silences {

  private Silences() {}

  /**
   * The longest stretch, within a span of time, in which no operation of one shard ended well. It
   * is never less than the pause between two operations of a shard.
   */
  static long longestNanos(List<Sample> samples, int shards, long fromNanos, long toNanos) {
    long[] last = new long[shards];
    Arrays.fill(last, fromNanos);
    long longest = 0;
    List<Sample> inOrder =
        samples.stream()
            .filter(Sample::isDone)
            .filter(one -> one.endNanos() - fromNanos >= 0 && one.endNanos() - toNanos < 0)
            .sorted((one, other) -> Long.signum(one.endNanos() - other.endNanos()))
            .toList();
    for (Sample one : inOrder) {
      longest = Math.max(longest, one.endNanos() - last[one.shard()]);
      last[one.shard()] = one.endNanos();
    }
    for (long end : last) {
      longest = Math.max(longest, toNanos - end);
    }
    return longest;
  }

  /**
   * How long after a moment the last shard had ended an operation well that was due after that
   * moment; empty if some shard never did.
   */
  static OptionalLong lastAnswerNanos(List<Sample> samples, int shards, long sinceNanos) {
    long[] first = new long[shards];
    Arrays.fill(first, Long.MAX_VALUE);
    for (Sample one : samples) {
      if (one.isDone() && one.scheduledNanos() - sinceNanos >= 0) {
        first[one.shard()] = Math.min(first[one.shard()], one.endNanos() - sinceNanos);
      }
    }
    long last = Arrays.stream(first).max().orElse(0);
    return last == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(last);
  }
}
