package io.shardgrid.shard;

import java.util.List;

/** The rules of replication, each broken once. */
final class Mutants {

  private static final List<Mutant> ALL =
      List.of(
          new Mutant(
              "R2a a write is answered before it is committed",
              "shard.PrimarySide",
              "if (answer.need() <= state.commit && isTellable(answer, nowNanos)) {",
              "if (isTellable(answer, nowNanos)) {",
              20),
          new Mutant(
              "R2a one acknowledgement is enough",
              "shard.PrimarySide",
              "      least = Math.min(least, progress.isKnown() ? progress.acknowledged() :"
                  + " commitAtTake);",
              "      if (progress.isKnown()) { return progress.acknowledged(); }",
              20),
          new Mutant(
              "R2c the tail is cut first and refilled later",
              "shard.PrimarySide",
              "sendFrom(commitAtTake, Long.MAX_VALUE, node",
              "sendFrom(commitAtTake, 1, node",
              20_000),
          new Mutant(
              "R2c a replica that has parted follows",
              "shard.BackupSide",
              "applied < append.base() || !hasSameHistory(append, applied)",
              "applied < append.base()",
              20),
          new Mutant(
              "R2d no promise before the acknowledgement",
              "shard.BackupSide",
              "    state.promise(nowNanos + settings.lease().toNanos());\n",
              "",
              20),
          new Mutant(
              "R2d a gap is jumped over",
              "shard.BackupSide",
              "boolean isGap = append.base() > state.log.length();",
              "boolean isGap = false;\n"
                  + "    if (append.base() > state.log.length()) {"
                  + " state.log.restart(append.base()); }",
              20),
          new Mutant(
              "R2e acknowledgements of another seat count",
              "shard.PrimarySide",
              "if (progress == null || ack.seat() != state.seat) {\n      return;\n    }\n"
                  + "    progress.acknowledged(",
              "if (progress == null) {\n      return;\n    }\n    progress.acknowledged(",
              20_000),
          new Mutant(
              "R2b a backup follows an older seat again",
              "shard.BackupSide",
              "return (isCurrent || isDraining) && append.seat() >= state.seat;",
              "return true;",
              50),
          new Mutant(
              "R3 a reign goes on although another is named",
              "shard.ShardReplica",
              "        endReign(acting, entry, effects);\n      }\n    }\n    if (yielded",
              "        acting.place(entry, nowNanos, effects);\n      }\n    }\n    if (yielded",
              20),
          new Mutant(
              "R3 writes are numbered while the seat drains",
              "shard.ShardReplica",
              "boolean isActing = acting != null && !acting.isDraining();",
              "boolean isActing = acting != null;",
              20_000),
          new Mutant(
              "R4a a learner is proposed before it has what is committed",
              "shard.PrimarySide",
              "        && progress.acknowledged() >= state.commit\n"
                  + "        && state.commit >= progress.copied()) {",
              "        ) {",
              200),
          new Mutant(
              "R4a a learner is proposed that is not required",
              "shard.PrimarySide",
              "least = Math.min(least, progress.isKnown()",
              "least = progress.isLearner() ? least : Math.min(least, progress.isKnown()",
              20),
          new Mutant(
              "R4b the primary removes a silent backup alone",
              "shard.PrimarySide",
              "    tickedNanos = nowNanos;\n    held.dropLate",
              "    tickedNanos = nowNanos;\n"
                  + "    required.values().removeIf("
                  + "one -> one.isSilent(nowNanos, settings.silence().toNanos()));\n"
                  + "    held.dropLate",
              20),
          new Mutant(
              "R4c a pending addition is undone without a placement",
              "shard.PrimarySide",
              "    tickedNanos = nowNanos;\n    held.dropLate",
              "    tickedNanos = nowNanos;\n"
                  + "    required.values().removeIf(one -> one.isLearner()"
                  + " && one.isSilent(nowNanos, settings.heartbeat().toNanos()));\n"
                  + "    held.dropLate",
              150),
          new Mutant(
              "R5a the seat is taken in spite of a promise",
              "shard.ShardReplica",
              "if (state.isBoundByPromise(nowNanos) && !isHandedOver) {",
              "if (false) {",
              20),
          new Mutant(
              "R5a a yield of any seat will do",
              "shard.ShardReplica",
              "boolean isHandedOver = yield != null && yield.seat() == entry.prevSeat();",
              "boolean isHandedOver = yield != null;",
              20_000),
          new Mutant(
              "R5a the tail is cut instead of completed",
              "shard.PrimarySide",
              "    state.applyTo(state.log.length(), nowNanos);\n    state.seat",
              "    state.log.cutAbove(state.store.sequence());\n    state.seat",
              20),
          new Mutant(
              "R5b the seat is yielded before all is committed",
              "shard.PrimarySide",
              "return isDraining && state.commit == state.log.length();",
              "return isDraining;",
              20_000),
          new Mutant(
              "R5c reads need no promise",
              "shard.PrimarySide",
              "return !answer.isRead() || hasEveryPromise(nowNanos, withinNanos);",
              "return true;",
              20),
          new Mutant(
              "R5c the lease counts from the receipt",
              "shard.BackupProgress",
              "      leaseNanos = sentAtNanos;",
              "      leaseNanos = nowNanos;",
              100),
          new Mutant(
              "R5c the lease is as long as the promise of a faster clock",
              "shard.PrimarySide",
              "LEASE_SHARE = 0.9;",
              "LEASE_SHARE = 1.3;",
              50),
          new Mutant(
              "R6 an item is taken out of its turn",
              "shard.CopyTarget",
              "Verdict verdict = copy.index() == next ? take(copy, nowNanos) : Verdict.INTACT;",
              "Verdict verdict = take(copy, nowNanos);",
              20_000),
          new Mutant(
              "R6 an item of an older attempt is taken",
              "shard.CopyTarget",
              "} else if (copy.attempt() == attempt && copy.index() <= next) {",
              "} else if (copy.index() <= next) {",
              20_000),
          new Mutant(
              "R6 the checksum is not looked at",
              "shard.CopyTarget",
              "if (!chunk.isIntact()) {",
              "if (false) {",
              20),
          new Mutant(
              "R6 the answers are not copied",
              "shard.ShardStore",
              "    answers.restore(reset.clients(), nowNanos);\n",
              "",
              20),
          new Mutant(
              "R6 a learner outlives the seat that fills it",
              "shard.ShardReplica",
              "learner.seat() == entry.seat() && state.holding != Holding.STALE;",
              "state.holding == Holding.LEARNING || state.holding == Holding.LEARNT;",
              20_000),
          new Mutant(
              "R7 a primary takes what was sent by an older placement",
              "shard.Admission",
              "!isActing || operation.minEpoch() < standing.seat()",
              "!isActing",
              20_000),
          new Mutant(
              "R7 answers leave by size",
              "shard.AnswerWindow",
              "    trim(doneBelow);\n    if (count == seqs.length) {",
              "    trim(count > 2 ? seqs[head] + 1 : doneBelow);\n"
                  + "    if (count == seqs.length) {",
              20_000),
          new Mutant(
              "R2 results are not shipped",
              "shard.ShardStore",
              "    if (origin != null) {\n      answers.remember(origin, nowNanos);",
              "    if (origin == null) {\n      answers.remember(origin, nowNanos);",
              20),
          new Mutant(
              "R8 a repeat is answered before its first execution is committed",
              "shard.OperationExecution",
              "return new Held(state.log.length(), operation, from, remembered);",
              "return new Held(0, operation, from, remembered);",
              20),
          new Mutant(
              "R8 a read shows what is not committed",
              "shard.OperationExecution",
              "case ENTRY -> ((Answer.Entry) answer).version();",
              "case ENTRY -> 0;",
              20));

  private Mutants() {}

  static List<Mutant> all() {
    return ALL;
  }
}
