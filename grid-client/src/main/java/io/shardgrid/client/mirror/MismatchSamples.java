package io.shardgrid.client.mirror;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The first mismatches of each kind and map. Bounded; confined to whoever holds it. */
final class MismatchSamples {

  private final int eachMax;
  private final int groupsMax;
  private final Map<Group, List<MismatchSample>> groups = new LinkedHashMap<>();

  private record Group(Mismatch kind, String map) {}

  /**
   * None so far.
   *
   * @param eachMax samples of one kind and map
   * @param groupsMax kinds and maps that have any
   */
  MismatchSamples(int eachMax, int groupsMax) {
    this.eachMax = eachMax;
    this.groupsMax = groupsMax;
  }

  void add(Mismatch kind, Comparison comparison) {
    Group group = new Group(kind, comparison.key().map());
    if (!groups.containsKey(group) && groups.size() >= groupsMax) {
      return;
    }
    List<MismatchSample> known = groups.computeIfAbsent(group, any -> new ArrayList<>());
    if (known.size() < eachMax) {
      known.add(MismatchSample.of(kind, comparison));
    }
  }

  List<MismatchSample> all() {
    return groups.values().stream().flatMap(List::stream).toList();
  }
}
