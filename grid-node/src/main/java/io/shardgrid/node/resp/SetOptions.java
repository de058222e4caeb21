package io.shardgrid.node.resp;

import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;

/**
 * The options of {@code SET}. Immutable.
 *
 * @param wantsPrevious whether the reply is the value before
 */
record SetOptions(Expiry expiry, Condition condition, boolean wantsPrevious) {

  private static final SetOptions NONE = new SetOptions(Expiry.NEVER, Condition.ALWAYS, false);

  /** Reads the options from argument {@code from} on. */
  static SetOptions read(Call call, int from) {
    SetOptions options = NONE;
    for (int at = from; at < call.argCount(); at++) {
      String option = call.word(at);
      if (Expiries.isTimed(option)) {
        if (++at == call.argCount()) {
          throw CommandRefusal.syntax();
        }
        Expiry expiry = Expiries.of(option, call.integer(at), call.command().name());
        options = options.with(expiry);
      } else {
        options = options.with(option);
      }
    }
    return options;
  }

  private SetOptions with(String option) {
    return switch (option) {
      case "NX" -> with(Condition.ABSENT);
      case "XX" -> with(Condition.PRESENT);
      case "KEEPTTL" -> with(Expiry.KEEP);
      case "GET" -> new SetOptions(expiry, condition, true);
      default -> throw CommandRefusal.syntax();
    };
  }

  private SetOptions with(Condition wanted) {
    if (!condition.equals(Condition.ALWAYS) && !condition.equals(wanted)) {
      throw CommandRefusal.syntax();
    }
    return new SetOptions(expiry, wanted, wantsPrevious);
  }

  private SetOptions with(Expiry wanted) {
    if (!expiry.equals(Expiry.NEVER)) {
      throw CommandRefusal.syntax();
    }
    return new SetOptions(wanted, condition, wantsPrevious);
  }
}
