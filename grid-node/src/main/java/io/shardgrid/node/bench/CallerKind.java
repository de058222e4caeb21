package io.shardgrid.node.bench;

/**
 * Who asks. Immutable.
 *
 * @param threads callers that wait, or 0 if none does
 * @param inFlight operations at once of a caller that does not wait
 * @param rest how they let time pass until an operation is due
 */
record CallerKind(int threads, int inFlight, Pace.Rest rest) {

  /** Such callers, with something to ask. */
  Callers of(Traffic traffic) {
    return threads > 0
        ? new WaitingCallers(traffic, threads, rest)
        : new FlyingCallers(traffic, inFlight, rest);
  }

  /** What they are, for people. */
  String title() {
    if (threads == 0) {
      return inFlight + " operations in flight";
    }
    return threads == 1 ? "1 caller that waits" : threads + " callers that wait";
  }
}
