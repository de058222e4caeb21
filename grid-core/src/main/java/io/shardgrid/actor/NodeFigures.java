package io.shardgrid.actor;

import io.shardgrid.key.LinkLoad;
import io.shardgrid.key.LinkReport;
import io.shardgrid.meter.ClusterFigures;
import io.shardgrid.meter.Holdings;
import io.shardgrid.meter.NodeMeters;
import io.shardgrid.meter.NodeTally;
import io.shardgrid.meter.ReplicaRole;
import io.shardgrid.meter.RuleFigures;
import io.shardgrid.route.RouterWork;
import io.shardgrid.shard.Survey;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What meters read of a node, through all its incarnations. Thread-safe. */
final class NodeFigures implements NodeMeters {

  private final @Nullable NodeTally tally;
  private final Supplier<Engine> engine;
  private final Supplier<RuleFigures> rules;
  private final BooleanSupplier isStopped;

  /**
   * Shows a node.
   *
   * @param engine the incarnation of now
   */
  NodeFigures(
      @Nullable NodeTally tally,
      Supplier<Engine> engine,
      Supplier<RuleFigures> rules,
      BooleanSupplier isStopped) {
    this.tally = tally;
    this.engine = engine;
    this.rules = rules;
    this.isStopped = isStopped;
  }

  /** What shards have said of themselves, in sum. */
  static Holdings holdings(Collection<Survey> surveys) {
    Map<ReplicaRole, Integer> shards = new EnumMap<>(ReplicaRole.class);
    long uncommitted = 0;
    long matches = 0;
    long differences = 0;
    for (Survey survey : surveys) {
      uncommitted += survey.uncommitted();
      matches += survey.check().matches();
      differences += survey.check().differences();
      ReplicaRole role = role(survey.role());
      if (role != null) {
        shards.merge(role, 1, Integer::sum);
      }
    }
    return new Holdings(shards, uncommitted, matches, differences);
  }

  private static @Nullable ReplicaRole role(Survey.Role role) {
    return switch (role) {
      case NONE -> null;
      case PRIMARY -> ReplicaRole.PRIMARY;
      case BACKUP -> ReplicaRole.BACKUP;
      case LEARNER -> ReplicaRole.LEARNER;
      case STALE -> ReplicaRole.STALE;
    };
  }

  @Override
  public @Nullable NodeTally tally() {
    return tally;
  }

  @Override
  public ClusterFigures cluster() {
    Engine now = engine.get();
    return ClusterFigures.of(
        now.readiness().isReady(), now.members().size(), now.charter(), now.insight()::placement);
  }

  @Override
  public RuleFigures rules() {
    return rules.get();
  }

  @Override
  public Holdings holdings() {
    return engine.get().insight().holdings();
  }

  @Override
  public LinkReport links() {
    return engine.get().links();
  }

  @Override
  public LinkLoad linkLoad() {
    return engine.get().insight().linkLoad();
  }

  @Override
  public Waiting waiting() {
    RouterWork work = engine.get().insight().routerWork();
    return new Waiting(work.operations(), work.bytes(), work.failures());
  }

  @Override
  public Memory memory() {
    return engine.get().insight().memory();
  }

  @Override
  public long mailbox(int group) {
    return engine.get().insight().mailbox(group);
  }

  @Override
  public CompletionStage<Void> look() {
    return engine.get().insight().look();
  }

  @Override
  public boolean isStopped() {
    return isStopped.getAsBoolean();
  }
}
