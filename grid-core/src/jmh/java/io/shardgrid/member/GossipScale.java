package io.shardgrid.member;

import io.shardgrid.figures.Amounts;
import io.shardgrid.figures.MarkdownTable;
import io.shardgrid.member.GossipModel.Course;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToLongFunction;
import java.util.function.ToDoubleFunction;

/** What one change of the members takes until the leader knows that all have seen it. */
public final class GossipScale {

  private static final double CRASH_MILLIS = 300;

  private GossipScale() {}

  /**
   * Changes made by one member, and those that a majority makes, each for itself; medians of seeds.
   *
   * @param whole bytes of a whole state whose vector clock has so many entries
   */
  public static MarkdownTable measure(
      int nodes, int seeds, IntToLongFunction whole, long digestBytes) {
    MarkdownTable table =
        new MarkdownTable(
            "a change made by",
            "all know",
            "converged",
            "whole states",
            "digests",
            "merges",
            "clock entries each",
            "bytes, all members");
    for (int origins : new int[] {1, 10, nodes / 2 + 1}) {
      List<Course> courses = new ArrayList<>();
      for (int seed = 1; seed <= seeds; seed++) {
        courses.add(new GossipModel(nodes, seed).run(origins, origins == 1 ? 0 : CRASH_MILLIS));
      }
      double wholes = median(courses, Course::wholes);
      double clock = median(courses, course -> (double) course.clockEntries() / course.wholes());
      double digests = median(courses, Course::digests);
      double bytes = wholes * whole.applyAsLong((int) Math.ceil(clock)) + digests * digestBytes;
      table.row(
          origins == 1 ? "one" : "%d within %.1f s".formatted(origins, CRASH_MILLIS / 1e3),
          seconds(median(courses, Course::allKnowMillis)),
          seconds(median(courses, Course::convergedMillis)),
          Amounts.count(wholes),
          Amounts.count(digests),
          Amounts.count(median(courses, Course::merges)),
          Amounts.count(clock),
          Amounts.bytes(bytes));
    }
    return table;
  }

  private static double median(List<Course> courses, ToDoubleFunction<Course> figure) {
    double[] sorted = courses.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static String seconds(double millis) {
    return String.format(Locale.ROOT, "%.2f s", millis / 1e3);
  }
}
