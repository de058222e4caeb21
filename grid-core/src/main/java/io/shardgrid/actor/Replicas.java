package io.shardgrid.actor;

import io.shardgrid.bucket.PageBudget;
import io.shardgrid.key.Charter;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.shard.CopyPace;
import io.shardgrid.shard.MemberEchoes;
import io.shardgrid.shard.ReplicaCommons;
import io.shardgrid.shard.ReplicaMemory;
import io.shardgrid.shard.ShardReplica;
import io.shardgrid.wire.AnswerHandler;
import java.util.function.Consumer;

/** Makes a node's replicas, one for each shard, with what they have in common. */
final class Replicas {

  private final EngineSettings settings;
  private final Charter charter;
  private final NodeId self;
  private final CopyPace pace;
  private final ReplicaCommons commons;

  Replicas(EngineSettings settings, Charter charter, NodeId self, MemberEchoes echoes) {
    this.settings = settings;
    this.charter = charter;
    this.self = self;
    this.pace =
        new CopyPace(
            settings.replication().copyBytesPerSecond(), settings.replication().copyLatencyMax());
    PageBudget budget = PageBudget.of(settings.member().memoryMaxBytes());
    this.commons =
        new ReplicaCommons(new ReplicaMemory(settings.member().maps(), budget), echoes, pace);
  }

  /** How fast they fill learners, together. */
  CopyPace pace() {
    return pace;
  }

  /** The table of their actors, none of which runs yet. */
  ShardTable table(
      ShardActor.Peers peers, Consumer<PlacementEntry> placed, AnswerHandler answered) {
    ShardActor.Surroundings around =
        new ShardActor.Surroundings(
            peers,
            placed,
            answered,
            System::nanoTime,
            new TurnClock(System::currentTimeMillis, System::nanoTime));
    return new ShardTable(
        charter.shards(),
        pace::served,
        (shard, host, gate) ->
            ShardActor.create(
                new ShardReplica(
                    shard, charter, self, settings.shard(), settings.replication(), commons),
                host,
                around,
                gate));
  }
}
