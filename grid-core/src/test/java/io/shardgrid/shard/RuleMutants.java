package io.shardgrid.shard;

import java.util.List;

/** What holds while rules decide about entries, each broken. */
final class RuleMutants {

  static final List<Mutant> ALL =
      List.of(
          new Mutant(
              "R7 a rule changes another entry than it has seen",
              50,
              "shard.Intake",
              "if (isCurrent) {",
              "if (invocation.mayChange()) {"),
          new Mutant(
                  "R7 a client's writes overtake one that a rule decides about",
                  20,
                  "shard.Invocations",
                  "return isBehindOwn || (key != null",
                  "return (key != null")
              // Else the one overtaken is dropped as a stray.
              .and("shard.OperationExecution", "if (isStray || isLate(", "if (isLate("),
          new Mutant(
              "R7 a client's read overtakes its write that a rule decides about",
              20,
              "shard.Invocations",
              "return isBehindOwn && (key == null || isWrittenByItself(operation, key));",
              "return false;"),
          new Mutant(
              "R5c what a rule has seen is told as a write is",
              500,
              "shard.Intake",
              "new Held(invocation.needed(), false, true, operation",
              "new Held(invocation.needed(), false, false, operation"),
          new Mutant(
              "R8 what a rule has seen is told before it is committed",
              20,
              "shard.Intake",
              "new Held(invocation.needed(), false, true, operation",
              "new Held(0, false, true, operation"),
          new Mutant(
              "R5b what a rule has decided is numbered while the seat drains",
              50,
              "shard.Intake",
              "if (!invocations.isIdle() && (acting == null || acting.isDraining())) {",
              "if (!invocations.isIdle() && acting == null) {"),
          new Mutant(
              "R5b a rule goes on into a later reign",
              100,
              "shard.Intake",
              "if (!invocations.isIdle() && (acting == null || acting.isDraining())) {",
              "if (false) {"));

  private RuleMutants() {}
}
