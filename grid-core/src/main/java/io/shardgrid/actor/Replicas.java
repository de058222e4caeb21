package io.shardgrid.actor;

import io.shardgrid.bucket.PageBudget;
import io.shardgrid.key.Charter;
import io.shardgrid.key.NodeId;
import io.shardgrid.meter.Exemplar;
import io.shardgrid.meter.NodeMeters.Memory;
import io.shardgrid.meter.NodeTally;
import io.shardgrid.shard.CopyPace;
import io.shardgrid.shard.MemberEchoes;
import io.shardgrid.shard.ReplicaCommons;
import io.shardgrid.shard.ReplicaMemory;
import io.shardgrid.shard.ShardReplica;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.trace.TraceSwitch;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import org.jspecify.annotations.Nullable;

/** Makes a node's replicas, one for each shard, with what they have in common. */
final class Replicas {

  /** Every second of those that are timed, as few as of the reads that are answered at once. */
  private static final int METERED_MASK = 15;

  private final EngineSettings settings;
  private final Charter charter;
  private final NodeId self;
  private final CopyPace pace;
  private final ReplicaCommons commons;
  private final @Nullable StoreRunner stores;

  /**
   * Makes none yet.
   *
   * @param tally where they are counted; null if they are not
   * @param stores asks the stores of maps; null if none has one
   */
  Replicas(
      EngineSettings settings,
      Charter charter,
      NodeId self,
      MemberEchoes echoes,
      @Nullable NodeTally tally,
      @Nullable StoreRunner stores) {
    this.stores = stores;
    this.settings = settings;
    this.charter = charter;
    this.self = self;
    this.pace =
        new CopyPace(
            settings.replication().copyBytesPerSecond(), settings.replication().copyLatencyMax());
    PageBudget budget = PageBudget.of(settings.member().memoryMaxBytes());
    this.commons =
        new ReplicaCommons(
            new ReplicaMemory(settings.member().maps(), budget),
            echoes,
            pace,
            tally,
            stores == null ? null : stores.policies());
    if (tally != null) {
      tally.begin(charter.shards());
    }
  }

  /** What their tables take, and may. */
  Memory memory() {
    return new Memory(commons.memory().node().reservedBytes(), settings.member().memoryMaxBytes());
  }

  /** How fast they fill learners, together. */
  CopyPace pace() {
    return pace;
  }

  /**
   * The table of their actors, none of which runs yet.
   *
   * @param router hears of placements and of answers
   * @param rules has rules decide
   */
  ShardTable table(ShardSurroundings.Peers peers, NodeRouter router, RuleRunner rules) {
    TraceSwitch traces = router.router().traces();
    ShardSurroundings around =
        new ShardSurroundings(
            peers,
            router.router()::placed,
            router::answered,
            System::nanoTime,
            new TurnClock(System::currentTimeMillis, System::nanoTime),
            new ShardMeter(commons.tally(), System::nanoTime),
            rules,
            stores,
            ClusterTraces.of(traces, charter));
    return new ShardTable(
        charter.shards(),
        timer(),
        traces,
        (shard, host, gate) ->
            ShardActor.create(
                new ShardReplica(
                    shard, charter, self, settings.shard(), settings.replication(), commons),
                host,
                around,
                gate));
  }

  private TimedSink.Timer timer() {
    return new TimedSink.Timer() {
      @Override
      public void took(Operation operation, Answer answer, long nanos) {
        Replicas.this.took(operation, answer, nanos);
      }

      @Override
      public void followed(Operation operation, Answer answer, long nanos, TraceContext trace) {
        NodeTally tally = commons.tally();
        if (tally != null) {
          Exemplar exemplar = new Exemplar(nanos, trace, System.currentTimeMillis());
          tally.followed(operation.map(), operation.request(), answer, exemplar);
        }
      }
    };
  }

  private void took(Operation operation, Answer answer, long nanos) {
    pace.served(nanos);
    NodeTally tally = commons.tally();
    if (tally != null && (operation.seq() & METERED_MASK) == 1) {
      tally.took(operation.map(), operation.request(), answer, nanos);
    }
  }
}
