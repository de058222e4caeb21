package io.shardgrid.shard;

import java.util.List;

/** What holds between a shard and the store behind its map, each broken. */
final class StoreMutants {

  static final List<Mutant> ALL =
      List.of(
          new Mutant(
                  "S1 what is loaded replaces a later write",
                  20,
                  "shard.StoreSide",
                  "!flight.isOvertaken()",
                  "true")
              .and("shard.StoreSide", "&& map.mark(key) == null", "")
              .and(
                  "shard.StoreSide",
                  "&& (map.version(key) == 0 || map.version(key) == flight.version())",
                  ""),
          new Mutant(
              "S2 a mark goes although its key was written again",
              20,
              "shard.StoreWriter",
              "map.marks.version(ByteBuffer.wrap(item.key())) != item.version()",
              "false"),
          new Mutant(
              "S3 a removal is handed over behind a call that was given up",
              20,
              "shard.StoreWriter",
              "nowNanos - fencedUntilNanos >= 0",
              "true"),
          new Mutant(
              "S4 what is not committed is handed over",
              50,
              "shard.MarkQueue",
              "entry.version <= commit && ",
              ""),
          new Mutant(
              "S5 a write through is answered before the store has it",
              20,
              "shard.Intake",
              "!map.isThrough() ||",
              "true ||"),
          new Mutant(
              "S6 a removal that the store does not have is not seen",
              20,
              "shard.StoredMap",
              "if (mark != null) {\n      byte[] value = mark.value();\n      return value == null ? Miss.ABSENT",
              "if (mark != null && mark.value() != null) {\n      byte[] value = mark.value();\n      return value == null ? Miss.ABSENT"),
          new Mutant(
              "S7 a value that the store does not have is not seen",
              20,
              "shard.StoredMap",
              "policy.isWritten() ? mark(key) : null",
              "null"),
          new Mutant(
              "S8 a backup tells of a write through",
              20,
              "shard.BackupSide",
              " && !isMarked(write.change())",
              ""),
          new Mutant(
              "S9 stamps follow the clock alone",
              50,
              "shard.StoreStamps",
              "Math.max(before, (store.wallMillis() << 16) - store.sequence())",
              "(store.wallMillis() << 16) - store.sequence()"),
          new Mutant(
              "S10 a key is loaded twice at a time",
              20,
              "shard.StoreSide",
              "if (flight == null) {\n        flight = begin(",
              "if (true) {\n        flight = begin("),
          new Mutant(
              "S11 a write that fails for its store is not numbered",
              50,
              "shard.Intake",
              "operation.request().kind().isWrite() && !isKnownToRead",
              "false"),
          new Mutant(
              "S12 a rule decides about an entry that went and came again",
              50,
              "shard.Intake",
              "&& !one.isOvertaken()",
              ""),
          new Mutant(
              "S13 the filter is not told of writes",
              50,
              "shard.StoredMap",
              "all.addAll(filter.adding(put));",
              ""),
          new Mutant(
              "S14 whoever was replaced goes on to hand over",
              50,
              "shard.Intake",
              "acting.mayTell(false, 0, nowNanos, effects)",
              "true"),
          new Mutant(
              "S15 a key is taken for absent although it was written",
              50,
              "shard.StoredMap",
              "absent.remove(name);",
              ""),
          new Mutant(
              "S16 marks are not found by who takes the seat",
              20,
              "shard.StoredMap",
              "bySince.values().forEach(keys -> keys.forEach(this::take));",
              ""));

  private StoreMutants() {}
}
