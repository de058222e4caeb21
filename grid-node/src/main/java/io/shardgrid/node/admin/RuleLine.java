package io.shardgrid.node.admin;

import io.shardgrid.key.NodeId;
import io.shardgrid.sight.NodeSight;
import io.shardgrid.sight.RuleSight;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A rule as the console shows it, summed up over the members that answer. Immutable.
 *
 * @param module SHA-256 of its module: that of the last load of which a member knows
 * @param standing the worst of all members: ready, not ready or quarantined
 * @param problem what one of the members on which it is worst says; empty if it is ready everywhere
 * @param troubled members on which it is not ready
 * @param functions names of the first few
 * @param functionsLeftOff how many more there are
 * @param failures those that trapped or met a limit
 */
record RuleLine(
    String name,
    String module,
    String standing,
    String problem,
    List<Integer> troubled,
    List<String> functions,
    int functionsLeftOff,
    double callsPerSecond,
    long calls,
    long failures) {

  /**
   * The rules by name.
   *
   * @param places of members
   */
  static List<RuleLine> of(List<NodeSight> nodes, Map<NodeId, Integer> places) {
    Map<String, Sum> sums = new TreeMap<>();
    for (NodeSight node : nodes) {
      for (RuleSight rule : node.rules()) {
        sums.computeIfAbsent(rule.name(), name -> new Sum(rule)).add(rule, places, node.node());
      }
    }
    return sums.values().stream().limit(RuleSight.RULES_MAX).map(Sum::line).toList();
  }

  /** What members have told so far. Confined to one call. */
  private static final class Sum {

    private final List<Integer> troubled = new ArrayList<>();
    private RuleSight newest;
    private RuleSight worst;
    private double callsPerSecond;
    private long calls;
    private long failures;

    Sum(RuleSight first) {
      this.newest = first;
      this.worst = first;
    }

    void add(RuleSight rule, Map<NodeId, Integer> places, NodeId node) {
      Integer place = places.get(node);
      if (rule.standing() != RuleSight.Standing.READY && place != null) {
        troubled.add(place);
      }
      if (worst.standing().compareTo(rule.standing()) < 0) {
        worst = rule;
      }
      // Of the members that know the last load, one that has its functions.
      boolean isNewer = rule.loadedAtMillis() > newest.loadedAtMillis();
      boolean isSame = rule.loadedAtMillis() == newest.loadedAtMillis();
      if (isNewer || (isSame && newest.functions().isEmpty())) {
        newest = rule;
      }
      callsPerSecond += rule.callsPerSecond();
      calls += rule.calls();
      failures += rule.failures();
    }

    RuleLine line() {
      return new RuleLine(
          newest.name(),
          newest.module(),
          worst.standing().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          worst.problem(),
          troubled,
          newest.functions(),
          newest.functionsLeftOff(),
          ConsoleJson.rounded(callsPerSecond),
          calls,
          failures);
    }
  }
}
