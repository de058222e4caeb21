package io.shardgrid.placement;

import io.shardgrid.key.MigrationKind;
import io.shardgrid.key.MigrationOrder;
import io.shardgrid.key.MigrationReport;
import io.shardgrid.key.MigrationReport.MemberPace;
import io.shardgrid.key.MigrationReport.Move;
import io.shardgrid.key.MigrationReport.Totals;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlanReport;
import io.shardgrid.key.PlanReport.PlannedMove;
import io.shardgrid.key.SteerReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** The operator's side of moves: shows them and has them steered. Not thread-safe. */
public final class Steering {

  private final Government government;
  private final Moves moves;
  private final PlacementTable committed;
  private final LongSupplier stamps;
  private final Map<NodeId, Long> paces = new TreeMap<>();
  private PauseMark pause = PauseMark.NONE;

  /**
   * Steers these moves.
   *
   * @param stamps numbers that grow, over all authorities
   */
  Steering(Government government, Moves moves, PlacementTable committed, LongSupplier stamps) {
    this.government = government;
    this.moves = moves;
    this.committed = committed;
    this.stamps = stamps;
  }

  /**
   * Carries an order out.
   *
   * @param shards what is to be cancelled; none for all
   */
  public SteerReport steer(MigrationOrder order, List<Integer> shards, long nowNanos) {
    Set<Integer> cancelled = new TreeSet<>();
    switch (order) {
      case LOOK -> {}
      case PAUSE -> pause(true);
      case RESUME -> pause(false);
      case START -> government.planAnew();
      case CANCEL -> {
        Collection<Integer> wanted = shards.isEmpty() ? all() : new TreeSet<>(shards);
        for (int shard : wanted) {
          if (moves.cancel(shard, committed, nowNanos)) {
            cancelled.add(shard);
          }
        }
      }
    }
    List<Integer> refused =
        new TreeSet<>(shards).stream().filter(shard -> !cancelled.contains(shard)).toList();
    return new SteerReport(
        List.copyOf(new ArrayList<>(cancelled)),
        order == MigrationOrder.CANCEL ? refused : List.of(),
        report(nowNanos));
  }

  private Collection<Integer> all() {
    Set<Integer> all = new TreeSet<>();
    moves.migrations().forEach(migration -> all.add(migration.shard()));
    moves.waiting(committed).forEach(planned -> all.add(planned.shard()));
    return all;
  }

  private void pause(boolean isOn) {
    pause = new PauseMark(stamps.getAsLong(), isOn);
    moves.pause(isOn);
  }

  /** A member's own word; whether it has to be told of a later pause or its end. */
  boolean reported(NodeReport.Own own) {
    paces.put(own.node(), own.copyBytesPerSecond());
    if (own.pause().isNewerThan(pause)) {
      pause = own.pause();
      moves.pause(pause.isPaused());
    }
    return pause.isNewerThan(own.pause());
  }

  /** The last word on pauses. */
  PauseMark pause() {
    return pause;
  }

  /** These are the members. */
  void retain(Set<NodeId> members) {
    paces.keySet().retainAll(members);
  }

  /** What would be done from here, if these members had these weights. */
  public PlanReport plan(Map<NodeId, Integer> weights) {
    return new PlanReport(
        PlannedMoves.between(committed, government.goals(weights), moves::liveBytes));
  }

  private MigrationReport report(long nowNanos) {
    List<Move> listed =
        Stream.concat(moves.migrations().stream(), moves.history().newestFirst().stream())
            .limit(MigrationReport.MOVES_MAX)
            .map(migration -> migration.report(nowNanos))
            .toList();
    List<MemberPace> members = new ArrayList<>();
    paces.forEach((node, pace) -> members.add(new MemberPace(node, pace)));
    return new MigrationReport(moves.isPaused(), totals(), listed, members);
  }

  /** What keeps the shards from being at rest. */
  public ShardUnrest unrest() {
    List<PlannedMove> waiting = moves.waiting(committed);
    int moving = moves.migrations().size() + waiting.size() - cancelled(waiting);
    return new ShardUnrest(government.isToPlan(), moving, government.incomplete());
  }

  private int cancelled(List<PlannedMove> waiting) {
    return (int)
        waiting.stream()
            .filter(one -> one.kind() != MigrationKind.REPAIR)
            .filter(one -> moves.isCancelled(one.shard()))
            .count();
  }

  private Totals totals() {
    List<PlannedMove> waiting = moves.waiting(committed);
    long bytes = waiting.stream().mapToLong(PlannedMove::bytes).sum();
    long rate = 0;
    for (Migration migration : moves.migrations()) {
      bytes += migration.bytesLeft();
      rate += migration.bytesPerSecond();
    }
    return new Totals(
        waiting.size(),
        moves.migrations().size(),
        cancelled(waiting),
        moves.history().done(),
        moves.history().aborted(),
        bytes,
        rate,
        Migration.etaMillis(bytes, rate));
  }
}
