package io.shardgrid.node.bench;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.PartitionService;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that is a member of a Hazelcast cluster on the loopback address: settings as they are
 * shipped (one synchronous backup), but for where members look for each other. Tells how it is in a
 * line whenever that changes, and ends with its standard input.
 */
final class HazelcastMember {

  static final int FIRST_PORT = 15_701;
  static final int MEMBERS_MAX = 8;
  static final String MAP = "bench";

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private HazelcastMember() {}

  /** Runs the member with the number that is the only argument. */
  public static void main(String[] arguments) {
    int number = Integer.parseInt(arguments[0]);
    Thread guard = new Thread(HazelcastMember::endWithInput, "guard");
    guard.setDaemon(true);
    guard.start();
    quiet();
    HazelcastInstance instance = Hazelcast.newHazelcastInstance(config(number));
    instance.getMap(MAP);
    String said = "";
    while (true) {
      String now = HazelcastRig.Report.of(members(instance), isSpread(instance)).line();
      if (!now.equals(said)) {
        System.out.println(now);
        said = now;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  static void quiet() {
    System.setProperty("hazelcast.logging.type", "none");
    System.setProperty("hazelcast.phone.home.enabled", "false");
  }

  private static Config config(int number) {
    Config config = new Config();
    config.setProperty("hazelcast.socket.bind.any", "false");
    NetworkConfig network = config.getNetworkConfig();
    network.setPort(FIRST_PORT + number).setPortAutoIncrement(false);
    network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true);
    for (int other = 0; other < MEMBERS_MAX; other++) {
      join.getTcpIpConfig().addMember("127.0.0.1:" + (FIRST_PORT + other));
    }
    return config;
  }

  private static int members(HazelcastInstance instance) {
    return instance.getCluster().getMembers().size();
  }

  /** Whether this member owns its share of the partitions, and all of them have their backups. */
  private static boolean isSpread(HazelcastInstance instance) {
    PartitionService service = instance.getPartitionService();
    UUID self = instance.getCluster().getLocalMember().getUuid();
    long own =
        service.getPartitions().stream()
            .filter(one -> one.getOwner() != null && one.getOwner().getUuid().equals(self))
            .count();
    double share = (double) service.getPartitions().size() / members(instance);
    return Math.abs(own - share) <= 2 && service.isClusterSafe();
  }

  private static void endWithInput() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever sent: only the end counts.
      }
    } catch (IOException e) {
      // Whoever started this process is gone.
    }
    Runtime.getRuntime().halt(0);
  }
}
