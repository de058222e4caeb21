package io.shardgrid.node.resp;

import io.shardgrid.failure.ConcurrentShardAccessException;
import io.shardgrid.failure.FailureCode;
import io.shardgrid.failure.GridAccessException;
import io.shardgrid.failure.GridException;
import io.shardgrid.failure.GridMemoryExceededException;
import io.shardgrid.failure.GridOverloadedException;
import io.shardgrid.failure.GridTimeoutException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.failure.OutcomeUnknownException;
import io.shardgrid.failure.ShardLostException;
import io.shardgrid.failure.StoreRefusedException;
import io.shardgrid.failure.StoreUnavailableException;
import io.shardgrid.failure.StoreUnconfirmedException;
import io.shardgrid.wire.Answer;

/** Says failures of the grid as error replies, with the codes that clients of Redis know. */
final class Failures {

  private Failures() {}

  /** The reply for a failure of the shard. */
  static String text(Answer.Failed failed) {
    return failed.code() == FailureCode.NOT_A_NUMBER
        ? "ERR value is not an integer or out of range"
        : text(failed.code().toException(failed.message()));
  }

  /** The reply for a failure. */
  static String text(GridException failure) {
    return code(failure) + failure.getMessage();
  }

  private static String code(GridException failure) {
    if (failure instanceof ShardLostException || failure instanceof GridUnavailableException) {
      return "CLUSTERDOWN ";
    } else if (failure instanceof GridAccessException) {
      return "NOPERM ";
    } else if (failure instanceof GridMemoryExceededException) {
      return "OOM command not allowed when used memory > 'maxmemory'. ";
    } else if (failure instanceof GridTimeoutException) {
      return "ERR timed out: ";
    } else if (failure instanceof OutcomeUnknownException) {
      return "ERR outcome unknown: ";
    } else if (failure instanceof GridOverloadedException) {
      return "ERR overloaded: ";
    } else if (failure instanceof StoreUnavailableException) {
      return "ERR store unavailable: ";
    } else if (failure instanceof StoreUnconfirmedException) {
      return "ERR store unconfirmed: ";
    } else if (failure instanceof StoreRefusedException) {
      return "ERR store refused: ";
    } else if (failure instanceof ConcurrentShardAccessException) {
      return "ERR internal error: ";
    }
    return "ERR ";
  }
}
