package io.shardgrid.failure;

/** Failures that a shard answers with, as they travel between nodes. The ordinal is the code. */
public enum FailureCode {
  /** The shard's last copy is gone. */
  SHARD_LOST,
  /** The node's memory limit is met. */
  MEMORY_EXCEEDED,
  /** The stored value is not a decimal number, or the result does not fit 64 bits. */
  NOT_A_NUMBER,
  /** The value that would result is larger than the limit. */
  VALUE_TOO_LARGE,
  /** A bound of the shard was met. */
  OVERLOADED,
  /** A bucket map was used twice at once. */
  CONCURRENT_ACCESS,
  /** The node is closing or has no placement. */
  UNAVAILABLE,
  /** A bug: the shard's turn failed. */
  INTERNAL,
  /** Whoever asks may not do that. */
  NO_ACCESS,
  /** A rule has a bug. */
  RULE_TRAPPED,
  /** A rule met a limit of time, instructions, stack or memory. */
  RULE_EXHAUSTED,
  /** A rule said no. */
  RULE_REFUSED,
  /** A rule failed too often. */
  RULE_QUARANTINED,
  /** Bytes are no rule, or a call does not fit the rule. */
  RULE_INVALID,
  /** A map's store is down or has too much to do; nothing was done. */
  STORE_UNAVAILABLE,
  /** A write was done, and the map's store has not confirmed it in time. */
  STORE_UNCONFIRMED,
  /** A map's store refused a write for good. */
  STORE_REFUSED;

  private static final FailureCode[] VALUES = values();

  /** The failure with this code; an unknown one, of a newer version, is {@link #INTERNAL}. */
  public static FailureCode of(int code) {
    return code >= 0 && code < VALUES.length ? VALUES[code] : INTERNAL;
  }

  /** The exception that tells a caller. */
  public GridException toException(String message) {
    return switch (this) {
      case SHARD_LOST -> new ShardLostException(message);
      case MEMORY_EXCEEDED -> new GridMemoryExceededException(message);
      case NOT_A_NUMBER, VALUE_TOO_LARGE -> new CodecException(message);
      case OVERLOADED -> new GridOverloadedException(message);
      case CONCURRENT_ACCESS -> new ConcurrentShardAccessException(message);
      case UNAVAILABLE -> new GridUnavailableException(message);
      case INTERNAL -> new OutcomeUnknownException(message);
      case NO_ACCESS -> new GridAccessException(message);
      case RULE_TRAPPED -> new RuleException(RuleException.Reason.TRAPPED, message);
      case RULE_EXHAUSTED -> new RuleException(RuleException.Reason.EXHAUSTED, message);
      case RULE_REFUSED -> new RuleException(RuleException.Reason.REFUSED, message);
      case RULE_QUARANTINED -> new RuleException(RuleException.Reason.QUARANTINED, message);
      case RULE_INVALID -> new InvalidRuleException(message);
      case STORE_UNAVAILABLE -> new StoreUnavailableException(message);
      case STORE_UNCONFIRMED -> new StoreUnconfirmedException(message);
      case STORE_REFUSED -> new StoreRefusedException(message);
    };
  }
}
