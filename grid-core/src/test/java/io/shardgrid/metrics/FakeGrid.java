package io.shardgrid.metrics;

import io.shardgrid.autoscale.AutoscaleMode;
import io.shardgrid.autoscale.AutoscaleReport;
import io.shardgrid.autoscale.AutoscaleReport.Made;
import io.shardgrid.key.DigestVerdict;
import io.shardgrid.key.LinkLoad;
import io.shardgrid.key.LinkReport;
import io.shardgrid.key.MigrationKind;
import io.shardgrid.key.MigrationReport;
import io.shardgrid.key.MigrationState;
import io.shardgrid.key.NodeId;
import io.shardgrid.meter.ClusterFigures;
import io.shardgrid.meter.Holdings;
import io.shardgrid.meter.MeterSettings;
import io.shardgrid.meter.NodeMeters;
import io.shardgrid.meter.NodeTally;
import io.shardgrid.meter.ReplicaRole;
import io.shardgrid.meter.RuleFigures;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A node that says what a test wants. Confined to one thread. */
final class FakeGrid implements MeteredGrid, NodeMeters {

  static final NodeId SELF = new NodeId("a", 1, 1);
  static final NodeId OTHER = new NodeId("b", 1, 2);

  final NodeTally tally = new NodeTally(new MeterSettings(true, 2, 2));
  boolean isCounting = true;
  NodeId oldest = SELF;
  int looks;
  @Nullable CompletionStage<AutoscaleReport> answer;

  FakeGrid() {
    tally.begin(4);
  }

  @Override
  public NodeId self() {
    return SELF;
  }

  @Override
  public NodeMeters meters() {
    return this;
  }

  @Override
  public CompletionStage<AutoscaleReport> autoscale(int decisions) {
    CompletionStage<AutoscaleReport> given = answer;
    return given != null
        ? given
        : CompletableFuture.completedStage(
            new AutoscaleReport(
                oldest,
                AutoscaleMode.ACT,
                true,
                1,
                4,
                3,
                null,
                new Made(9, 2, 1),
                List.of(),
                List.of()));
  }

  @Override
  public CompletionStage<MigrationReport> migrations() {
    return CompletableFuture.completedStage(
        new MigrationReport(
            false,
            new MigrationReport.Totals(5, 2, 0, 7, 1, 1234, 10, 123),
            List.of(
                move(1, MigrationState.MIGRATING),
                move(2, MigrationState.SYNCING),
                move(3, MigrationState.DONE)),
            List.of()));
  }

  private static MigrationReport.Move move(int shard, MigrationState state) {
    return new MigrationReport.Move(
        shard,
        MigrationKind.PRIMARY,
        SELF,
        OTHER,
        state,
        "",
        0,
        0,
        0,
        0,
        0,
        MigrationReport.UNKNOWN,
        DigestVerdict.NOT_YET);
  }

  @Override
  public @Nullable NodeTally tally() {
    return isCounting ? tally : null;
  }

  @Override
  public ClusterFigures cluster() {
    return new ClusterFigures(true, 3, 256, 2, 5);
  }

  @Override
  public Holdings holdings() {
    return new Holdings(Map.of(ReplicaRole.PRIMARY, 3, ReplicaRole.BACKUP, 1), 17, 5, 0);
  }

  @Override
  public LinkReport links() {
    return new LinkReport(
        2,
        30,
        4_000,
        1,
        new LinkReport.Refused(2, 3, 1),
        List.of(new LinkReport.Lane("replication", 5, 60, 7_000)));
  }

  @Override
  public LinkLoad linkLoad() {
    return new LinkLoad(1, 11, 12, 13);
  }

  @Override
  public Waiting waiting() {
    return new Waiting(21, 22, Map.of("timeout", 23L));
  }

  @Override
  public Memory memory() {
    return new Memory(100, 1_000);
  }

  @Override
  public RuleFigures rules() {
    return new RuleFigures(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
  }

  @Override
  public long mailbox(int group) {
    return 40L + group;
  }

  @Override
  public CompletionStage<Void> look() {
    looks++;
    return CompletableFuture.completedStage(null);
  }

  @Override
  public boolean isStopped() {
    return false;
  }
}
