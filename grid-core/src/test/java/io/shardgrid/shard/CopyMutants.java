package io.shardgrid.shard;

import java.util.List;

/** The rules of copies, operations and what is shown, each broken. */
final class CopyMutants {

  static final List<Mutant> ALL =
      List.of(
          new Mutant(
              "R6 an item is taken out of its turn",
              20_000,
              "shard.CopyTarget",
              "copy.attempt() == attempt && copy.index() == next",
              "copy.attempt() == attempt"),
          new Mutant(
              "R6 an item of an older attempt is taken",
              20_000,
              "shard.CopyTarget",
              "copy.attempt() == attempt && copy.index() == next",
              "copy.index() == next"),
          new Mutant(
              "R6 the checksum is not looked at",
              20,
              "shard.CopyTarget",
              "if (!chunk.isIntact()) {",
              "if (false) {"),
          new Mutant(
              "R6 the answers are not copied",
              20,
              "shard.ShardStore",
              "    answers.restore(reset.clients(), nowNanos);\n",
              ""),
          new Mutant(
              "R6 a learner outlives the seat that fills it",
              20_000,
              "shard.ShardReplica",
              "learner.seat() == entry.seat() && state.holding != Holding.STALE;",
              "state.holding == Holding.LEARNING || state.holding == Holding.LEARNT;"),
          new Mutant(
                  "R7 a primary takes what was sent by an older placement",
                  20_000,
                  "shard.Admission",
                  "!isActing || operation.minEpoch() < standing.seat()",
                  "!isActing")
              // Else what was overtaken is dropped as a stray: an outcome unknown, no wrong order.
              .and("shard.OperationExecution", "if (isStray || isLate(", "if (isLate("),
          new Mutant(
                  "R7 answers leave by size",
                  20_000,
                  "shard.AnswerWindow",
                  "    trim(doneBelow);\n    if (count == seqs.length) {",
                  "    trim(doneBelow);\n    if (count > 2) { head = slot(1); count--; }\n"
                      + "    if (count == seqs.length) {")
              // Else a repeat whose answer has left is dropped as a stray.
              .and("shard.OperationExecution", "if (isStray || isLate(", "if (isLate("),
          new Mutant(
              "R2 results are not shipped",
              20,
              "shard.ShardStore",
              "    if (origin != null) {\n      answers.remember(origin, nowNanos);",
              "    if (origin == null) {\n      answers.remember(origin, nowNanos);"),
          new Mutant(
              "R8 a repeat is answered before its first execution is committed",
              20,
              "shard.OperationExecution",
              "return new Held(state.log.length(), operation, from, remembered);",
              "return new Held(0, operation, from, remembered);"),
          new Mutant(
              "R8 a read shows what is not committed",
              20,
              "shard.OperationExecution",
              "case ENTRY -> ((Answer.Entry) answer).version();",
              "case ENTRY -> 0;"));

  private CopyMutants() {}
}
