package io.shardgrid.actor;

import io.shardgrid.actor.PlacementAuthority.Heir;
import io.shardgrid.actor.ShardHost.StaleCopy;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.key.LossReport;
import io.shardgrid.key.LossReport.Beginning;
import io.shardgrid.key.LossReport.OldCopy;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets lost shards begin anew: each with the newest copy that some member has kept of it, else
 * empty. Thread-safe.
 */
final class LossAcceptance {

  private final ActorSystem<?> system;
  private final Reach reach;
  private final ActorRef<PlacementAuthority.Command> authority;
  private final Duration timeout;

  LossAcceptance(
      ActorSystem<?> system,
      Reach reach,
      ActorRef<PlacementAuthority.Command> authority,
      Duration timeout) {
    this.system = system;
    this.reach = reach;
    this.authority = authority;
    this.timeout = timeout;
  }

  /**
   * Asks every member what it has kept, and then the authority. Fails if a member does not answer:
   * it might be the one that has the newest copy.
   */
  CompletionStage<LossReport> accept(List<Integer> lost, List<MemberView> members) {
    List<NodeId> able =
        members.stream().filter(MemberView::isEligible).map(MemberView::id).toList();
    if (lost.isEmpty() || able.isEmpty()) {
      return CompletableFuture.completedStage(new LossReport(List.of(), lost));
    }
    List<CompletableFuture<ShardHost.Load>> loads = members.stream().map(this::load).toList();
    return CompletableFuture.allOf(loads.toArray(CompletableFuture[]::new))
        .thenCompose(
            done -> begin(lost, able, loads.stream().map(CompletableFuture::join).toList()));
  }

  private CompletableFuture<ShardHost.Load> load(MemberView member) {
    return AskPattern.ask(
            reach.host(member.id()), ShardHost.AskLoad::new, timeout, system.scheduler())
        .toCompletableFuture()
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    new GridUnavailableException(
                        "A member does not say what it has kept of lost shards; take it out of the"
                            + " cluster or wait for it: member="
                            + member.name(),
                        failure)));
  }

  private CompletionStage<LossReport> begin(
      List<Integer> lost, List<NodeId> able, List<ShardHost.Load> loads) {
    List<Beginning> wanted = new ArrayList<>();
    for (int shard : lost) {
      Beginning best = newest(shard, able, loads);
      wanted.add(best != null ? best : new Beginning(shard, able.get(shard % able.size()), null));
    }
    List<Heir> heirs = wanted.stream().map(one -> new Heir(one.shard(), one.node())).toList();
    return AskPattern.<PlacementAuthority.Command, PlacementAuthority.LossAccepted>ask(
            authority,
            replyTo -> new PlacementAuthority.AcceptLoss(heirs, replyTo),
            timeout,
            system.scheduler())
        .thenApply(accepted -> report(wanted, new HashSet<>(accepted.shards())));
  }

  private static @Nullable Beginning newest(
      int shard, List<NodeId> able, List<ShardHost.Load> loads) {
    Comparator<StaleCopy> bySeat = Comparator.comparingLong(StaleCopy::seat);
    Comparator<StaleCopy> newestLast = bySeat.thenComparingLong(StaleCopy::sequence);
    StaleCopy best = null;
    NodeId holder = null;
    for (ShardHost.Load load : loads) {
      for (StaleCopy copy : load.stale()) {
        boolean isBetter = best == null || newestLast.compare(copy, best) > 0;
        if (copy.shard() == shard && isBetter && able.contains(load.from())) {
          best = copy;
          holder = load.from();
        }
      }
    }
    return best == null || holder == null
        ? null
        : new Beginning(shard, holder, new OldCopy(best.seat(), best.sequence()));
  }

  private static LossReport report(List<Beginning> wanted, Set<Integer> accepted) {
    return new LossReport(
        wanted.stream().filter(one -> accepted.contains(one.shard())).toList(),
        wanted.stream().map(Beginning::shard).filter(shard -> !accepted.contains(shard)).toList());
  }
}
