package io.shardgrid.client.mirror;

import io.shardgrid.client.GridClient;
import io.shardgrid.route.Outcome;
import io.shardgrid.wire.Request;

/** A cluster as a mirror asks it, shard by shard and in bytes. Thread-safe; nothing here blocks. */
public interface MirrorCluster {

  /** How many shards it has. */
  int shards();

  /**
   * Sends a request to a shard. Requests of one shard are carried out in the order of the calls.
   *
   * @param timeoutNanos time until it ends, at the latest
   * @param outcome told once, perhaps before this returns
   */
  void ask(String map, int shard, Request request, long timeoutNanos, Outcome outcome);

  /** The cluster of a client, which is not closed with it. */
  static MirrorCluster of(GridClient client) {
    return new MirrorCluster() {
      @Override
      public int shards() {
        return client.shards().count();
      }

      @Override
      public void ask(String map, int shard, Request request, long timeoutNanos, Outcome outcome) {
        client.ask(map, shard, request, timeoutNanos, outcome);
      }
    };
  }
}
