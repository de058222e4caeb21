package io.shardgrid.node.security;

import java.util.concurrent.atomic.LongAdder;

/** What is counted of logins and refusals from the node's start on. Thread-safe. */
public final class AccessCounters {
  /** Logins that were accepted. */
  public final LongAdder accepted = new LongAdder();

  /** Logins whose password had been checked a little before. */
  public final LongAdder remembered = new LongAdder();

  /** Logins that were denied. */
  public final LongAdder denied = new LongAdder();

  /** Logins that were not looked at, as too many waited. */
  public final LongAdder busy = new LongAdder();

  /** Logins that had to wait because of failures before. */
  public final LongAdder delayed = new LongAdder();

  /** Commands, operations and pages that were refused to nobody in particular. */
  public final LongAdder unknown = new LongAdder();

  /** Commands, operations and pages that were refused to somebody. */
  public final LongAdder forbidden = new LongAdder();

  /** HTTP connections that were closed as a bound of connections was met. */
  public final LongAdder refusedHttp = new LongAdder();

  /** HTTP connections that were closed as a request did not arrive in time. */
  public final LongAdder lateRequests = new LongAdder();

  /** Lines of the audit log that were left out. */
  public final LongAdder unlogged = new LongAdder();
}
