package io.shardgrid.shard;

/**
 * A rule of a machine, broken.
 *
 * @param rule which one, by the number of the protocol's rule
 * @param type the class in which it stands, below {@code io.shardgrid}
 * @param original the piece of source that keeps it
 * @param replacement what stands there instead
 * @param seeds how many seeds the simulation may take to find it
 */
record Mutant(String rule, String type, String original, String replacement, int seeds) {

  @Override
  public String toString() {
    return rule + " (" + type + ")";
  }
}
