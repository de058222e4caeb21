package io.shardgrid.shard;

import java.util.List;

/**
 * Broken rules that no seed has shown so far: each is either held a further time by something else,
 * or its moment is one that the simulation hardly ever makes.
 */
final class OpenMutants {

  static final List<Mutant> ALL =
      List.of(
          new Mutant(
                  "R7 a primary takes what was sent by an older placement",
                  500,
                  "shard.Admission",
                  "!isActing || operation.minEpoch() < standing.seat()",
                  "!isActing")
              // Else what was overtaken is dropped as a stray; but that one alone is found as soon.
              .and("shard.OperationExecution", "if (isStray || isLate(", "if (isLate("),
          // Found by seed 18,876 before the rule was there: two attempts wait at a replica on a
          // faster
          // clock, and the seat is taken in the milliseconds between their ends.
          new Mutant(
              "R7 a receiver trusts its own clock",
              500,
              "wire.Operation",
              "return nowNanos + left + Math.max(0, left / DRIFT_PART);",
              "return nowNanos + left;"),
          new Mutant(
                  "R5a a yield of any seat will do",
                  20_000,
                  "shard.ShardReplica",
                  "boolean isHandedOver = yield != null && yield.seat() == entry.prevSeat();",
                  "boolean isHandedOver = yield != null;")
              // Held three times: a yield of the seat that is followed voids every promise,
              // whatever
              // is named next; and nobody yields to a node that is not named behind its own seat.
              .and(
                  "shard.ShardReplica",
                  "        && yield.seat() == state.seat\n        && yield.length()",
                  "        && yield.length()")
              .and(
                  "shard.ShardReplica",
                  "if (yielded != null && entry.prevSeat() != yielded.seat()) {",
                  "if (false) {"),
          new Mutant(
              "R2b a backup follows whoever says to be the primary",
              500,
              "shard.BackupSide",
              "return (isCurrent || isDraining) && append.seat() >= state.seat;",
              "return append.seat() >= state.seat;"),
          new Mutant(
              "R2c the own log is not applied up to the new seat's base",
              500,
              "shard.BackupSide",
              "    state.applyTo(append.base(), nowNanos);\n",
              ""),
          new Mutant(
              "R3 a copy that the placement does not name counts as whole",
              500,
              "shard.HoldingRules",
              "      if (isKept && entry.inSync().size() <= backups) {\n        state.hold(Holding.STALE);",
              "      if (isKept && entry.inSync().size() <= backups) {\n        state.hold(Holding.WHOLE);"),
          new Mutant(
              "R6 an item of an older attempt is taken",
              20_000,
              "shard.CopyTarget",
              "copy.attempt() == attempt && copy.index() == next",
              "copy.index() == next"),
          // 4,000 seeds: who finds that out asks in order, and is answered in another.
          new Mutant(
              "R7 a write of the own process comes before one that is in doubt",
              500,
              "route.LocalCalls",
              "        && !route.isInDoubt()\n",
              ""),
          // What 393 seeds show of any write that is told so (CopyMutants) is rarer of these.
          new Mutant(
                  "R9 a write of the own process is told whatever was heard",
                  500,
                  "shard.PromptCalls",
                  "        || !acting.mayTell(true, 0, nowNanos, effects)) {",
                  ") {")
              .and(
                  "shard.PromptCalls",
                  "return acting.mayTell(true, execution.needed(), nowNanos, effects)",
                  "return execution.needed() >= 0"),
          new Mutant(
              "R9 a minority of echoes is enough",
              500,
              "shard.MemberEchoes",
              "int needed = (others.size() + 1) / 2;",
              "int needed = Math.min(1, others.size());"),
          new Mutant(
              "R1d a request over an older placement counts",
              500,
              "placement.Government",
              "    if (entry == null || entry.epoch() != request.base()) {",
              "    if (entry == null) {"),
          new Mutant(
              "R7 what a rule was to decide is carried out after its deadline",
              1_500,
              "shard.OperationExecution",
              "if (isStray || isLate(operation, nowNanos)) {",
              "if (isStray || (ruling == null && isLate(operation, nowNanos))) {"));

  private OpenMutants() {}
}
