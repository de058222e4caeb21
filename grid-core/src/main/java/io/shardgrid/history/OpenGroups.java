package io.shardgrid.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The operations with unknown outcome, in groups whose members could take each other's places; of a
 * group, the one that was invoked first is used first.
 */
final class OpenGroups {

  /** No operation. */
  static final int NONE = -1;

  private final int offset;
  private final int[][] members;
  private final int[] groupOf;
  private final int[] usedOf;
  private final long[] used;

  /** Groups the numbers from {@code offset} on by what they are like. */
  OpenGroups(int offset, int count, IntFunction<Object> likeness) {
    this.offset = offset;
    groupOf = new int[count];
    used = new long[(count + Long.SIZE - 1) / Long.SIZE];
    Map<Object, Integer> groups = new LinkedHashMap<>();
    List<List<Integer>> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = offset + i;
      int group = groups.computeIfAbsent(likeness.apply(number), x -> found.size());
      if (group == found.size()) {
        found.add(new ArrayList<>());
      }
      found.get(group).add(number);
      groupOf[i] = group;
    }
    members =
        found.stream()
            .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    usedOf = new int[members.length];
  }

  int groups() {
    return members.length;
  }

  /** The next operation of a group, or {@link #NONE}. */
  int next(int group) {
    return usedOf[group] < members[group].length ? members[group][usedOf[group]] : NONE;
  }

  /** Marks the next operation of its group as used. */
  void use(int number) {
    usedOf[groupOf[number - offset]]++;
    flip(number - offset);
  }

  /** Undoes {@link #use}. */
  void giveBack(int number) {
    usedOf[groupOf[number - offset]]--;
    flip(number - offset);
  }

  private void flip(int index) {
    used[index / Long.SIZE] ^= 1L << index;
  }

  /** Which ones are used, a bit each. */
  long[] used() {
    return used.clone();
  }
}
