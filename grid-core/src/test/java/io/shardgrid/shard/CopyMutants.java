package io.shardgrid.shard;

import java.util.List;

/** The rules of copies, operations and what is shown, each broken. */
final class CopyMutants {

  static final List<Mutant> ALL =
      List.of(
          new Mutant(
              "R6 an item is taken out of its turn",
              20,
              "shard.CopyTarget",
              "copy.attempt() == attempt && copy.index() == next",
              "copy.attempt() == attempt"),
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
              50,
              "shard.HoldingRules",
              "learner.seat() == entry.seat() && state.holding != Holding.STALE;",
              "state.holding == Holding.LEARNING || state.holding == Holding.LEARNT;"),
          new Mutant(
                  "R7 answers leave by size",
                  20,
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
              "    if (origin != null && sequence < 0) {\n      answers.remember(origin, nowNanos);"),
          new Mutant(
              "R8 a repeat is answered before its first execution is committed",
              20,
              "shard.OperationExecution",
              "      needed = state.log.length();\n      return remembered;",
              "      needed = 0;\n      return remembered;"),
          new Mutant(
              "R8 a read shows what is not committed",
              20,
              "shard.OperationExecution",
              "case ENTRY -> ((Answer.Entry) answer).version();",
              "case ENTRY -> 0;"),
          new Mutant(
              "R7 a stray is carried out",
              200,
              "shard.OperationExecution",
              "if (isStray || isLate(",
              "if (isLate("),
          new Mutant(
              "R7 a client is forgotten while its operations may still come",
              20,
              "shard.AnswerWindow",
              "return quietNanos > silenceNanos && quietNanos / 4 > patienceNanos;",
              "return quietNanos > silenceNanos / 100;"),
          new Mutant(
              "R7 an operation is numbered after its deadline",
              1_000,
              "shard.OperationExecution",
              "if (isStray || isLate(operation, nowNanos)) {",
              "if (isStray) {"),
          new Mutant(
                  "R7 those behind a refused one are not refused",
                  20,
                  "shard.RefusalOrder",
                  "    return isBarred;",
                  "    return false;")
              .and("shard.OperationExecution", "if (isStray || isLate(", "if (isLate("),
          new Mutant(
              "R7 a named replica does not hold what comes early",
              100,
              "shard.Admission",
              "} else if (!isActing && standing.isNamed()) {",
              "} else if (!isActing && standing.isNamed() && operation.seq() < 0) {"),
          new Mutant(
              "R8 what an absent entry was is shown before its removal is committed",
              20,
              "shard.OperationExecution",
              "case ABSENT -> lastRemoval;",
              "case ABSENT -> 0;"),
          new Mutant(
              "R8 sizes and pages show what is not committed",
              20,
              "shard.OperationExecution",
              "default -> state.log.length();",
              "default -> 0;"),
          new Mutant(
              "R8 an expiry is not shipped",
              20,
              "shard.ShardStore",
              "    expired++;\n    number(new Change.Remove(name, key));",
              "    expired++;\n    maps.find(name).remove(key);"),
          new Mutant(
              "R8 backups let entries expire by themselves",
              20,
              "shard.ShardReplica",
              "      upkeep.maintain();",
              "      upkeep.step(nowNanos);"),
          new Mutant(
              "R8 evictions are not shipped",
              20,
              "shard.ShardStore",
              "      noteEviction(new Change.Remove(put.map(), key));\n",
              ""),
          new Mutant(
              "R8 the wall time falls with a new primary",
              20,
              "shard.ShardStore",
              "    wallMillis = Math.max(wallMillis, nowMillis);",
              "    wallMillis = nowMillis;"),
          new Mutant(
              "R6 a copy leaves out maps that are new",
              20,
              "shard.CopySource",
              "    mapsToScan = store.maps().count();",
              "    mapsToScan = Math.min(2, store.maps().count());"),
          new Mutant(
              "R6 a copy leaves out the writes that come meanwhile",
              20,
              "shard.CopySource",
              "while (position.seq() < replica.log.length()) {",
              "while (position.seq() < replica.log.length() && position.seq() < 0) {"),
          new Mutant(
              "R9 a primary needs no echoes",
              400,
              "shard.PrimarySide",
              "return commons.echoes().isHeard(nowNanos, echoedNanos)",
              "return true"));

  private CopyMutants() {}
}
