package io.shardgrid.autoscale;

/** What became of an order at whoever starts and ends nodes. */
public sealed interface Provision {

  /**
   * It is taken up: nodes are on their way, or the one that was drained ends.
   *
   * @param text what was done, for people
   */
  record Accepted(String text) implements Provision {}

  /**
   * Part of it is done, and the rest follows when the same order is given again: soon.
   *
   * @param text what was done and what is waited for, for people
   */
  record Begun(String text) implements Provision {}

  /**
   * It could not be carried out now, or nobody knows whether it was: the same order is given again
   * later.
   *
   * @param reason in the form {@code what is wrong: name=value}
   */
  record Failed(String reason) implements Provision {}

  /**
   * It will not be carried out, and asking again would not help: it is given up, and decided anew.
   *
   * @param reason in the form {@code what is wrong: name=value}, and what to do about it
   */
  record Refused(String reason) implements Provision {}
}
