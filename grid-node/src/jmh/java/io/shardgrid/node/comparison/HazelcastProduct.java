package io.shardgrid.node.comparison;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.Partition;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Hazelcast's {@code IMap} as it is shipped: binary in memory, one synchronous backup. */
final class HazelcastProduct implements Product {

  private static final int PORT = 15_721;
  private static final int MEMBERS = 2;

  private @Nullable HazelcastInstance instance;
  private IMap<String, byte[]> map = closed();

  @SuppressWarnings("NullAway") // replaced by open
  private static IMap<String, byte[]> closed() {
    return null;
  }

  @Override
  public void open(Role role, int number) {
    System.setProperty("hazelcast.logging.type", "none");
    System.setProperty("hazelcast.phone.home.enabled", "false");
    HazelcastInstance opened =
        role == Role.CLIENT
            ? HazelcastClient.newHazelcastClient(client())
            : Hazelcast.newHazelcastInstance(member(role, number));
    instance = opened;
    map = opened.getMap("m");
  }

  private static ClientConfig client() {
    ClientConfig config = new ClientConfig();
    config.getNetworkConfig().addAddress("127.0.0.1:" + PORT);
    return config;
  }

  private static Config member(Role role, int number) {
    Config config = new Config();
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.getNetworkConfig().setPort(PORT + number).setPortAutoIncrement(false);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    JoinConfig join = config.getNetworkConfig().getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(role == Role.MEMBER);
    for (int other = 0; other < MEMBERS; other++) {
      join.getTcpIpConfig().addMember("127.0.0.1:" + (PORT + other));
    }
    return config;
  }

  @Override
  public byte @Nullable [] get(String key) {
    return map.get(key);
  }

  @Override
  public void put(String key, byte[] value) {
    map.set(key, value);
  }

  @Override
  public CompletionStage<Boolean> getAsync(String key, int valueBytes) {
    return map.getAsync(key).thenApply(value -> value != null && value.length == valueBytes);
  }

  @Override
  public CompletionStage<?> putAsync(String key, byte[] value) {
    return map.setAsync(key, value);
  }

  @Override
  public State state() {
    HazelcastInstance running = instance;
    if (running == null) {
      return new State(1, true);
    }
    int members = running.getCluster().getMembers().size();
    UUID self = running.getCluster().getLocalMember().getUuid();
    long all = 0;
    long own = 0;
    for (Partition partition : running.getPartitionService().getPartitions()) {
      all++;
      own += partition.getOwner() != null && partition.getOwner().getUuid().equals(self) ? 1 : 0;
    }
    boolean isShared = Math.abs(own - (double) all / members) <= 2;
    return new State(members, isShared && running.getPartitionService().isClusterSafe());
  }

  @Override
  public Server server() throws IOException {
    Server server = Server.member("hazelcast", 0, 1);
    server.awaitSafe();
    return server;
  }

  @Override
  public void close() {
    if (instance != null) {
      instance.shutdown();
    }
  }
}
