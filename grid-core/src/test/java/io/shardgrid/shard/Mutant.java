package io.shardgrid.shard;

import java.util.ArrayList;
import java.util.List;

/**
 * A rule of a machine, broken. Where a rule is held in two places, so that either alone is enough,
 * both are patched.
 *
 * @param rule which one, by the number of the protocol's rule
 * @param seeds how many seeds the simulation may take to find it
 * @param simulation the class that runs a seed of it
 * @param patches what is changed in the source
 */
record Mutant(String rule, int seeds, String simulation, List<Patch> patches) {

  private static final String CLUSTER = "io.shardgrid.shard.SimRun";
  private static final String PLACEMENT = "io.shardgrid.placement.PlacementRun";

  /**
   * A piece of source to be replaced.
   *
   * @param type the class in which it stands, below {@code io.shardgrid}
   * @param original the piece, there exactly once
   * @param replacement what stands there instead
   */
  record Patch(String type, String original, String replacement) {}

  Mutant(String rule, int seeds, String type, String original, String replacement) {
    this(rule, seeds, CLUSTER, List.of(new Patch(type, original, replacement)));
  }

  /** The same with one more piece replaced. */
  Mutant and(String type, String original, String replacement) {
    List<Patch> all = new ArrayList<>(patches);
    all.add(new Patch(type, original, replacement));
    return new Mutant(rule, seeds, simulation, List.copyOf(all));
  }

  /** The same, to be found by the simulation of registers and authorities alone: it is quick. */
  Mutant inPlacement() {
    return new Mutant(rule, seeds, PLACEMENT, patches);
  }

  @Override
  public String toString() {
    return rule;
  }
}
