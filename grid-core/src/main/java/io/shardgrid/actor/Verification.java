package io.shardgrid.actor;

import io.shardgrid.key.DigestVerdict;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.key.VerifyReport;
import io.shardgrid.key.VerifyReport.BackupVerdict;
import io.shardgrid.key.VerifyReport.ShardVerdict;
import io.shardgrid.route.Router;
import io.shardgrid.shard.Survey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/**
 * Has the backups of shards compare their digests with their primaries' while both are used, and
 * collects how that went. One instance is one question; its stages run one after the other.
 */
final class Verification {
  /*
   * A primary that is asked sends its digest with the number of its last write, as its signs of
   * life do anyway; a backup compares when it has applied just that write, and remembers for which
   * number it matched, and how often it did not. The question is put again until every backup has
   * matched, after its first answer, at the number that the primary had when it was asked first, or
   * a later one.
   */

  /** What the replicas of a node know of comparisons. */
  record Digests(NodeId from, List<ShardDigest> shards) implements ControlMessage {

    /** Of those shards, by what was found. */
    static Digests of(NodeId from, Set<Integer> wanted, Collection<Survey> found) {
      return new Digests(
          from,
          found.stream().filter(one -> wanted.contains(one.shard())).map(ShardDigest::of).toList());
    }
  }

  /**
   * One replica.
   *
   * @param sequence number of the last write that it has applied
   * @param askedAt as primary: what the last write was when it last had its backups compare
   * @param matchedAt as backup: the last write after which it had what its primary had
   * @param matches how often it had, since the node started
   * @param differences how often it had not, since the node started
   */
  record ShardDigest(
      int shard,
      Survey.Role role,
      long sequence,
      long askedAt,
      long matchedAt,
      long matches,
      long differences) {

    static ShardDigest of(Survey survey) {
      Survey.Check check = survey.check();
      return new ShardDigest(
          survey.shard(),
          survey.role(),
          survey.sequence(),
          check.askedAt(),
          check.matchedAt(),
          check.matches(),
          check.differences());
    }
  }

  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(4);

  /** A replica that is compared. */
  private record Replica(int shard, NodeId node) {}

  /** What a primary said first. */
  private record Original(NodeId node, long sequence) {}

  private final ActorSystem<?> system;
  private final Reach reach;
  private final Duration timeout;
  private final Router router;
  private final List<Integer> shards;
  private final long begunNanos = System.nanoTime();
  private final Map<Integer, Original> originals = new TreeMap<>();
  private final Map<Replica, ShardDigest> firstAnswers = new HashMap<>();
  private final Map<Replica, BackupVerdict> verdicts = new HashMap<>();

  Verification(
      ActorSystem<?> system, Reach reach, Duration timeout, Router router, List<Integer> shards) {
    this.system = system;
    this.reach = reach;
    this.timeout = timeout;
    this.router = router;
    this.shards = shards;
  }

  /** Asks until everything is known, for a few seconds at most. */
  CompletionStage<VerifyReport> run(List<MemberView> members) {
    List<CompletableFuture<@Nullable Digests>> asked =
        members.stream().map(member -> ask(member.id())).toList();
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenCompose(
            done -> {
              take(asked.stream().map(CompletableFuture::join).toList());
              if (isKnown() || System.nanoTime() - begunNanos >= LONGEST.toNanos()) {
                return CompletableFuture.completedStage(report());
              }
              Executor later =
                  CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
              return CompletableFuture.supplyAsync(() -> run(members), later)
                  .thenCompose(next -> next);
            });
  }

  private CompletableFuture<@Nullable Digests> ask(NodeId node) {
    return AskPattern.<ShardHost.Command, Digests>ask(
            reach.host(node),
            replyTo -> new ShardHost.AskDigests(shards, replyTo),
            timeout,
            system.scheduler())
        .<@Nullable Digests>handle((digests, failure) -> digests)
        .toCompletableFuture();
  }

  private void take(List<@Nullable Digests> answers) {
    for (Digests answer : answers) {
      if (answer != null) {
        answer.shards().forEach(one -> noteOriginal(answer.from(), one));
      }
    }
    for (Digests answer : answers) {
      if (answer != null) {
        answer.shards().forEach(one -> judge(answer.from(), one));
      }
    }
  }

  private void noteOriginal(NodeId from, ShardDigest one) {
    Original known = originals.get(one.shard());
    boolean isNews = known == null || !known.node().equals(from);
    if (one.role() == Survey.Role.PRIMARY && isNews) {
      originals.put(one.shard(), new Original(from, one.askedAt()));
    }
  }

  private void judge(NodeId from, ShardDigest one) {
    Replica replica = new Replica(one.shard(), from);
    ShardDigest first = firstAnswers.computeIfAbsent(replica, any -> one);
    Original original = originals.get(one.shard());
    if (one.differences() > first.differences()) {
      verdicts.put(replica, new BackupVerdict(from, DigestVerdict.DIFFERED, one.sequence()));
    } else if (one.role() == Survey.Role.BACKUP
        && original != null
        && one.matches() > first.matches()
        && one.matchedAt() >= original.sequence()) {
      verdicts.putIfAbsent(
          replica, new BackupVerdict(from, DigestVerdict.MATCHED, one.matchedAt()));
    }
  }

  private boolean isKnown() {
    for (int shard : shards) {
      for (NodeId backup : backups(shard)) {
        if (!verdicts.containsKey(new Replica(shard, backup))) {
          return false;
        }
      }
      PlacementEntry entry = router.placement(shard);
      if (entry != null && !entry.isLost() && !originals.containsKey(shard)) {
        return false;
      }
    }
    return true;
  }

  private List<NodeId> backups(int shard) {
    PlacementEntry entry = router.placement(shard);
    return entry == null
        ? List.of()
        : entry.inSync().stream().filter(node -> !node.equals(entry.primary())).toList();
  }

  private VerifyReport report() {
    List<ShardVerdict> all = new ArrayList<>();
    for (int shard : shards) {
      Original original = originals.get(shard);
      Map<NodeId, BackupVerdict> backups = new TreeMap<>();
      for (NodeId node : backups(shard)) {
        backups.put(node, new BackupVerdict(node, DigestVerdict.NONE, 0));
      }
      verdicts.forEach(
          (replica, verdict) -> {
            boolean isShown =
                backups.containsKey(replica.node()) || verdict.verdict() == DigestVerdict.DIFFERED;
            if (replica.shard() == shard && isShown) {
              backups.put(replica.node(), verdict);
            }
          });
      all.add(
          new ShardVerdict(
              shard,
              original == null ? null : original.node(),
              original == null ? 0 : original.sequence(),
              List.copyOf(backups.values())));
    }
    return new VerifyReport(all);
  }
}
