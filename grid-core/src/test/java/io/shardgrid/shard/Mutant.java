package io.shardgrid.shard;

/**
 * A rule of the replica machine, broken.
 *
 * @param rule which one, by the number of the protocol's rule
 * @param type simple name of the class in which it stands
 * @param original the piece of source that keeps it
 * @param replacement what stands there instead
 */
record Mutant(String rule, String type, String original, String replacement) {

  @Override
  public String toString() {
    return rule + " (" + type + ")";
  }
}
