package io.shardgrid.node.drill;

/** One fault, and what has to hold while and after it happens. Stateless. */
interface Drill {

  /** Its number, fixed for ever. */
  int number();

  /** What happens, in a line. */
  String title();

  /** What it proves when it holds, in a sentence. */
  String proves();

  /** What it begins with. */
  default Setup setup() {
    return Setup.THREE;
  }

  /** What its nodes run in. */
  default Ground ground() {
    return Ground.LOOPBACK;
  }

  /** Whether an operation of the load may end in an error. */
  default boolean mayFail() {
    return true;
  }

  /** Whether data may be gone afterwards, if that is told. */
  default boolean mayLose() {
    return false;
  }

  /** Brings the fault about, under load, and returns when the cluster has got over it. */
  void strike(Scene scene);
}
