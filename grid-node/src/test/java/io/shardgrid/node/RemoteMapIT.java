package io.shardgrid.node;

import io.shardgrid.client.GridClient;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codec;
import io.shardgrid.map.MapContractTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The operations of a map, by a remote client, in a cluster of three processes. */
final class RemoteMapIT extends MapContractTest {

  private static @Nullable ThreeNodes nodes;
  private static @Nullable GridClient client;

  @BeforeAll
  static void start() throws Exception {
    ThreeNodes started = ThreeNodes.start();
    nodes = started;
    client = GridClient.connect(started.addresses().get(1).resp());
  }

  @AfterAll
  static void stop() {
    if (client != null) {
      client.close();
    }
    if (nodes != null) {
      nodes.close();
    }
  }

  @Override
  protected <K, V> AsyncMap<K, V> map(String name, Codec<K> keys, Codec<V> values) {
    GridClient connected = client;
    if (connected == null) {
      throw new IllegalStateException("The client did not connect");
    }
    return connected.map(name, keys, values);
  }
}
