package io.shardgrid.shard;

import java.util.List;

/** The rules of appends, the in-sync set and the seat, each broken. */
final class ReplicaMutants {

  static final List<Mutant> ALL =
      List.of(
          new Mutant(
              "R2 a backup is not told the placement",
              20,
              "shard.BackupProgress",
              "if (epoch == knownEpoch) {",
              "if (epoch >= 0) {"),
          new Mutant(
              "R2a a write is answered before it is committed",
              20,
              "shard.PrimarySide",
              "return isTellable && need <= state.commit;",
              "return isTellable;"),
          new Mutant(
              "R2a one acknowledgement is enough",
              20,
              "shard.PrimarySide",
              "      least = Math.min(least, progress.isKnown() ? progress.acknowledged() :"
                  + " commitAtTake);",
              "      if (progress.isKnown()) { return progress.acknowledged(); }"),
          new Mutant(
              "R2c the tail is cut first and refilled later",
              20,
              "shard.PrimarySide",
              "sendFrom(commitAtTake, Long.MAX_VALUE, node",
              "sendFrom(commitAtTake, 1, node"),
          new Mutant(
              "R2c a replica that has parted follows",
              100,
              "shard.BackupSide",
              "applied < append.base() || !hasSameHistory(append, applied)",
              "applied < append.base()"),
          new Mutant(
              "R2d no promise before the acknowledgement",
              20,
              "shard.BackupSide",
              "    state.promise(nowNanos + settings.lease().toNanos());\n",
              ""),
          new Mutant(
              "R2d a gap is jumped over",
              20,
              "shard.BackupSide",
              "boolean isGap = append.base() > state.log.length();",
              "boolean isGap = false;\n"
                  + "    if (append.base() > state.log.length()) {"
                  + " state.log.restart(append.base()); }"),
          new Mutant(
                  "R2e acknowledgements of another seat count",
                  20,
                  "shard.PrimarySide",
                  "if (progress == null || ack.seat() != state.seat) {\n      return;\n    }\n"
                      + "    progress.acknowledged(",
                  "if (progress == null) {\n      return;\n    }\n    progress.acknowledged(")
              // A reign begins knowing nothing of its backups; a late word must be seconds late.
              .and(
                  "shard.PrimarySide",
                  "        required.put(node, new BackupProgress(nowNanos));\n",
                  "        required.put(node, state.backups.computeIfAbsent("
                      + "node, any -> new BackupProgress(nowNanos)));\n")
              .and(
                  "shard.ReplicaState",
                  "  final ShardStore store;\n",
                  "  final ShardStore store;\n  final java.util.Map<NodeId, BackupProgress> backups ="
                      + " new java.util.HashMap<>();\n"),
          new Mutant(
              "R2b a backup follows an older seat again",
              50,
              "shard.BackupSide",
              "return (isCurrent || isDraining) && append.seat() >= state.seat;",
              "return true;"),
          new Mutant(
              "R3 a reign goes on although another is named",
              20,
              "shard.ShardReplica",
              "        endReign(acting, entry, effects);\n      }\n    }\n    if (yielded",
              "        acting.place(entry, nowNanos, effects);\n      }\n    }\n    if (yielded"),
          new Mutant(
              "R3 writes are numbered while the seat drains",
              20,
              "shard.Intake",
              "boolean isActing = acting != null && !acting.isDraining();",
              "boolean isActing = acting != null;"),
          new Mutant(
              "R4a a learner is proposed before it has what is committed",
              50,
              "shard.PrimarySide",
              "        && progress.acknowledged() >= Math.max(state.commit, elsewhere.allowed())\n"
                  + "        && state.commit >= progress.copied();",
              ";"),
          new Mutant(
              "R4a a learner is proposed that is not required",
              20,
              "shard.PrimarySide",
              "least = Math.min(least, progress.isKnown()",
              "least = progress.isLearner() ? least : Math.min(least, progress.isKnown()"),
          new Mutant(
              "R4b the primary removes a silent backup alone",
              20,
              "shard.PrimarySide",
              "    tickedNanos = nowNanos;\n    held.dropLate",
              "    tickedNanos = nowNanos;\n"
                  + "    required.values().removeIf("
                  + "one -> one.isSilent(nowNanos, settings.silence().toNanos()));\n"
                  + "    held.dropLate"),
          new Mutant(
              "R4c a pending addition is undone without a placement",
              500,
              "shard.PrimarySide",
              "    tickedNanos = nowNanos;\n    held.dropLate",
              "    tickedNanos = nowNanos;\n"
                  + "    required.values().removeIf(one -> one.isLearner()"
                  + " && one.isSilent(nowNanos, settings.heartbeat().toNanos()));\n"
                  + "    held.dropLate"),
          new Mutant(
              "R5a the seat is taken in spite of a promise",
              20,
              "shard.ShardReplica",
              "if (state.isBoundByPromise(nowNanos) && !isHandedOver) {",
              "if (false) {"),
          new Mutant(
              "R5a the tail is cut instead of completed",
              20,
              "shard.PrimarySide",
              "    state.applyTo(state.log.length(), nowNanos);\n    state.seat",
              "    state.log.cutAbove(state.store.sequence());\n    state.seat"),
          new Mutant(
              "R5b the seat is yielded before all is committed",
              20,
              "shard.PrimarySide",
              "return isDraining && state.commit == state.log.length();",
              "return isDraining;"),
          new Mutant(
              "R5c reads need no promise",
              200,
              "shard.PrimarySide",
              "        && (isWrite || hasEveryPromise(nowNanos, promisedNanos));",
              "        ;"),
          new Mutant(
              "R5c a pending addition's promise is not needed",
              500,
              "shard.PrimarySide",
              "if (!progress.isPromised(nowNanos, withinNanos)) {",
              "if (!progress.isLearner() && !progress.isPromised(nowNanos, withinNanos)) {"),
          new Mutant(
              "R5c the lease counts from the receipt",
              500,
              "shard.PrimarySide",
              "progress.acknowledged(ack.length(), ack.sentAtEcho());",
              "progress.acknowledged(ack.length(), nowNanos);"),
          new Mutant(
              "R5c the lease is as long as the promise of a faster clock",
              100,
              "shard.PrimarySide",
              "LEASE_SHARE = 0.9;",
              "LEASE_SHARE = 1.3;"),
          new Mutant(
              "R2f the log is trimmed by what is committed alone",
              20,
              "shard.PrimarySide",
              "long least = Math.min(leastAcknowledged(), state.commit);",
              "long least = state.commit;\n    required.values().forEach(one -> { if (one.isKnown()) { one.sent(Math.max(one.next(), state.commit + 1), state.commit, 0); } });"),
          new Mutant(
              "R3 an older placement replaces a newer one",
              20,
              "shard.ShardReplica",
              "if (!entry.isNewerThan(state.placement)) {",
              "if (entry.equals(state.placement)) {"),
          new Mutant(
              "R4a a learner is required only once it is named",
              20,
              "shard.PrimarySide",
              "      required.put(from, BackupProgress.learnt(copy.endSeq(), nowNanos));",
              "      effects.addInSync(requireNonNull(state.placement), from);"),
          new Mutant(
              "R4a a learner is proposed before its copy is whole",
              20,
              "shard.Copies",
              "return copy.state() == CopyState.SYNCING && before != CopyState.SYNCING ? copy : null;",
              "return before != CopyState.SYNCING ? copy : null;"),
          new Mutant(
              "R5b a yield leaves before the reign ends",
              20,
              "shard.ShardReplica",
              "    endReign(acting, entry, effects);\n    Yield yield",
              "    Yield yield"),
          new Mutant(
              "R5c a read is told when it is released, not judged again",
              50,
              "shard.PrimarySide",
              "      if (!isTellable(!next.isRead(), nowNanos)) {",
              "      if (required.isEmpty() && !isTellable(!next.isRead(), nowNanos)) {"),
          new Mutant(
                  "R10 digests are not compared",
                  20,
                  "shard.ReplicaState",
                  "if (!checkDigest.equals(store.digest())) {",
                  "if (false) {")
              .and(
                  "shard.ShardStore",
                  "      applyToPresent(change);\n    }\n    return true;",
                  "      if (sequence % 50 != 0) { applyToPresent(change); }\n    }\n    return true;"),
          new Mutant(
              "R5c a read of the own process is told whatever was promised",
              50,
              "shard.PromptCalls",
              "return isTold ? answer : null;",
              "return answer;"),
          new Mutant(
              "R7 a call of the own process overtakes what was asked before",
              50,
              "route.LocalCalls",
              "PlacementEntry placement = route.quietPlacement();",
              "PlacementEntry placement = route.placement();"),
          new Mutant(
                  "R2a a write of the own process is told though others have to have it",
                  50,
                  "shard.PromptCalls",
                  "    if (!acting.isAlone()\n        || !intake",
                  "    if (!intake")
              .and("route.LocalCalls", "placement.inSync().size() == 1", "true"),
          new Mutant(
              "R2a a backup tells of a write that others have to have, too",
              20,
              "shard.PrimarySide",
              "boolean isSole = required.size() == 1 && !progress.isLearner();",
              "boolean isSole = true;"),
          new Mutant(
              "R4a a learner is proposed before it has what a backup told of",
              200,
              "shard.PrimarySide",
              "Math.max(state.commit, elsewhere.allowed())",
              "state.commit"),
          new Mutant(
              "R2a a repeat counts as told with the write that was told last",
              100,
              "shard.ToldElsewhere",
              "if (held.isNumbered() && isToldBy(",
              "if (isToldBy("),
          new Mutant(
              "R2a a backup that has told nothing counts as one that has",
              20,
              "shard.BackupSide",
              "mayTell ? loggedBefore : state.log.length(),",
              "loggedBefore,"),
          new Mutant(
              "writes that were not told when a reign ended stay open for ever",
              20,
              "shard.HeldAnswers",
              "      } else {\n        effects.drop(one.operation(), one.from());\n      }",
              "      }"));

  private ReplicaMutants() {}
}
