package io.shardgrid.shard;

import java.util.List;

/** The rules of replication, each broken once. */
final class Mutants {

  private Mutants() {}

  static List<Mutant> all() {
    return List.of(
        new Mutant(
            "R2a a write is answered before it is committed",
            "PrimarySide",
            "if (answer.need() <= state.commit && isTellable(answer, nowNanos)) {",
            "if (isTellable(answer, nowNanos)) {"),
        new Mutant(
            "R2a one acknowledgement is enough",
            "PrimarySide",
            "      least = Math.min(least, progress.isKnown() ? progress.acknowledged() :"
                + " commitAtTake);",
            "      if (progress.isKnown()) { return progress.acknowledged(); }"),
        new Mutant(
            "R2c the tail is cut first and refilled later",
            "PrimarySide",
            "sendFrom(commitAtTake, Long.MAX_VALUE, node",
            "sendFrom(commitAtTake, 1, node"),
        new Mutant(
            "R2c a replica that has parted follows",
            "BackupSide",
            "applied < append.base() || !hasSameHistory(append, applied)",
            "applied < append.base()"),
        new Mutant(
            "R2d no promise before the acknowledgement",
            "BackupSide",
            "    state.promise(nowNanos + settings.lease().toNanos());\n",
            ""),
        new Mutant(
            "R2d a yield outlives an append",
            "ReplicaState",
            "    hasPromised = true;\n    yield = null;\n",
            "    hasPromised = true;\n"),
        new Mutant(
            "R2d a gap is jumped over",
            "BackupSide",
            "if (write.seq() == state.log.length() + 1) {",
            "if (write.seq() > state.log.length()) {\n"
                + "        if (write.seq() > state.log.length() + 1) {"
                + " state.log.restart(write.seq() - 1); }"),
        new Mutant(
            "R2e acknowledgements of another seat count",
            "PrimarySide",
            "if (progress == null || ack.seat() != state.seat) {\n      return;\n    }\n"
                + "    progress.acknowledged(",
            "if (progress == null) {\n      return;\n    }\n    progress.acknowledged("),
        new Mutant(
            "R2b a backup follows an older seat again",
            "BackupSide",
            "return (isCurrent || isDraining) && append.seat() >= state.seat;",
            "return true;"),
        new Mutant(
            "R3 a reign goes on although another is named",
            "ShardReplica",
            "        endReign(acting, entry, effects);\n      }\n    }\n    if (yielded",
            "        acting.place(entry, nowNanos, effects);\n      }\n    }\n    if (yielded"),
        new Mutant(
            "R3 writes are numbered while the seat drains",
            "ShardReplica",
            "boolean isActing = acting != null && !acting.isDraining();",
            "boolean isActing = acting != null;"),
        new Mutant(
            "R4a a learner is proposed before it has what is committed",
            "PrimarySide",
            "        && progress.acknowledged() >= state.commit\n"
                + "        && state.commit >= progress.copied()) {",
            "        ) {"),
        new Mutant(
            "R4a a learner is proposed that is not required",
            "PrimarySide",
            "least = Math.min(least, progress.isKnown()",
            "least = progress.isLearner() ? least : Math.min(least, progress.isKnown()"),
        new Mutant(
            "R4b the primary removes a silent backup alone",
            "PrimarySide",
            "    tickedNanos = nowNanos;\n    held.dropLate",
            "    tickedNanos = nowNanos;\n"
                + "    required.values().removeIf("
                + "one -> one.isSilent(nowNanos, settings.silence().toNanos()));\n"
                + "    held.dropLate"),
        new Mutant(
            "R4c a pending addition is undone without a placement",
            "PrimarySide",
            "    tickedNanos = nowNanos;\n    held.dropLate",
            "    tickedNanos = nowNanos;\n"
                + "    required.values().removeIf(one -> one.isLearner()"
                + " && one.isSilent(nowNanos, settings.heartbeat().toNanos()));\n"
                + "    held.dropLate"),
        new Mutant(
            "R5a the seat is taken in spite of a promise",
            "ShardReplica",
            "if (state.isBoundByPromise(nowNanos) && !isHandedOver) {",
            "if (false) {"),
        new Mutant(
            "R5a a yield of any seat will do",
            "ShardReplica",
            "boolean isHandedOver = yield != null && yield.seat() == entry.prevSeat();",
            "boolean isHandedOver = yield != null;"),
        new Mutant(
            "R5a the tail is cut instead of completed",
            "PrimarySide",
            "    state.applyTo(state.log.length(), nowNanos);\n    state.seat",
            "    state.log.cutAbove(state.store.sequence());\n    state.seat"),
        new Mutant(
            "R5b the seat is yielded before all is committed",
            "PrimarySide",
            "return isDraining && state.commit == state.log.length();",
            "return isDraining;"),
        new Mutant(
            "R5c reads need no promise",
            "PrimarySide",
            "return !answer.isRead() || hasEveryPromise(nowNanos, withinNanos);",
            "return true;"),
        new Mutant(
            "R5c the lease counts from the receipt",
            "BackupProgress",
            "      leaseNanos = sentAtNanos;",
            "      leaseNanos = nowNanos;"),
        new Mutant(
            "R5c the lease is as long as the promise of a faster clock",
            "PrimarySide",
            "LEASE_SHARE = 0.9;",
            "LEASE_SHARE = 1.3;"),
        new Mutant(
            "R6 an item is taken out of its turn",
            "CopyTarget",
            "Verdict verdict = copy.index() == next ? take(copy, nowNanos) : Verdict.INTACT;",
            "Verdict verdict = take(copy, nowNanos);"),
        new Mutant(
            "R6 an item of an older attempt is taken",
            "CopyTarget",
            "} else if (copy.attempt() == attempt && copy.index() <= next) {",
            "} else if (copy.index() <= next) {"),
        new Mutant(
            "R6 the checksum is not looked at",
            "CopyTarget",
            "if (!chunk.isIntact()) {",
            "if (false) {"),
        new Mutant(
            "R6 the answers are not copied",
            "ShardStore",
            "    answers.restore(reset.clients(), nowNanos);\n",
            ""),
        new Mutant(
            "R6 a learner outlives the seat that fills it",
            "ShardReplica",
            "            && learner.seat() == entry.seat();",
            "            ;"),
        new Mutant(
            "R7 a primary takes what was sent by an older placement",
            "Admission",
            "!isActing || operation.minEpoch() < standing.seat()",
            "!isActing"),
        new Mutant(
            "R7 answers leave by size",
            "AnswerWindow",
            "    trim(doneBelow);\n    if (count == seqs.length) {",
            "    trim(count > 2 ? seqs[head] + 1 : doneBelow);\n"
                + "    if (count == seqs.length) {"),
        new Mutant(
            "R2 results are not shipped",
            "ShardStore",
            "    if (origin != null) {\n      answers.remember(origin, nowNanos);",
            "    if (origin == null) {\n      answers.remember(origin, nowNanos);"),
        new Mutant(
            "R8 a repeat is answered before its first execution is committed",
            "OperationExecution",
            "return new Held(state.log.length(), operation, from, remembered);",
            "return new Held(0, operation, from, remembered);"),
        new Mutant(
            "R8 a read shows what is not committed",
            "OperationExecution",
            "case ENTRY -> ((Answer.Entry) answer).version();",
            "case ENTRY -> 0;"));
  }
}
