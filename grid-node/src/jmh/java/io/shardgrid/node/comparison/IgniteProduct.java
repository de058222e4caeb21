package io.shardgrid.node.comparison;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.IgniteException;
import org.apache.ignite.Ignition;
import org.apache.ignite.cache.CacheAtomicityMode;
import org.apache.ignite.cache.CacheMode;
import org.apache.ignite.cache.CacheWriteSynchronizationMode;
import org.apache.ignite.cache.affinity.Affinity;
import org.apache.ignite.configuration.CacheConfiguration;
import org.apache.ignite.configuration.DataRegionConfiguration;
import org.apache.ignite.configuration.DataStorageConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.lang.IgniteFuture;
import org.apache.ignite.logger.NullLogger;
import org.apache.ignite.spi.communication.tcp.TcpCommunicationSpi;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;
import org.jspecify.annotations.Nullable;

/**
 * Ignite 2, ATOMIC and partitioned; as a member with one backup and FULL_SYNC writes. It reads a
 * backup of its own where it has one.
 */
final class IgniteProduct implements Product {

  private static final int DISCOVERY_PORT = 17_500;
  private static final int COMMUNICATION_PORT = 17_100;
  private static final long REGION_BYTES = 3L << 30;
  private static final String MAP = "m";

  private @Nullable Ignite ignite;
  private IgniteCache<String, byte[]> cache = closed();

  @SuppressWarnings("NullAway") // replaced by open
  private static IgniteCache<String, byte[]> closed() {
    return null;
  }

  @Override
  public void open(Role role, int number) {
    if (role == Role.CLIENT) {
      throw new UnsupportedOperationException("ignite is not asked as a client");
    }
    System.setProperty("IGNITE_QUIET", "true");
    System.setProperty("IGNITE_NO_ASCII", "true");
    System.setProperty("IGNITE_UPDATE_NOTIFIER", "false");
    System.setProperty("IGNITE_PERFORMANCE_SUGGESTIONS_DISABLED", "true");
    Ignite started = Ignition.start(node(number));
    ignite = started;
    cache =
        started.getOrCreateCache(
            new CacheConfiguration<String, byte[]>(MAP)
                .setAtomicityMode(CacheAtomicityMode.ATOMIC)
                .setCacheMode(CacheMode.PARTITIONED)
                .setWriteSynchronizationMode(CacheWriteSynchronizationMode.FULL_SYNC)
                .setBackups(role == Role.MEMBER ? 1 : 0));
  }

  private static IgniteConfiguration node(int number) {
    String directory = System.getProperty("java.io.tmpdir");
    String own = "shardgrid-comparison-ignite-" + ProcessHandle.current().pid();
    TcpDiscoveryVmIpFinder finder =
        new TcpDiscoveryVmIpFinder()
            .setAddresses(
                List.of("127.0.0.1:" + DISCOVERY_PORT, "127.0.0.1:" + (DISCOVERY_PORT + 1)));
    DataRegionConfiguration region = new DataRegionConfiguration().setMaxSize(REGION_BYTES);
    return new IgniteConfiguration()
        .setIgniteInstanceName("n" + number)
        .setConsistentId("n" + number)
        .setWorkDirectory(Path.of(directory, own).toString())
        .setLocalHost("127.0.0.1")
        .setGridLogger(new NullLogger())
        .setMetricsLogFrequency(0)
        .setConnectorConfiguration(null)
        .setClientConnectorConfiguration(null)
        .setCommunicationSpi(new TcpCommunicationSpi().setLocalPort(COMMUNICATION_PORT + number))
        .setDiscoverySpi(
            new TcpDiscoverySpi()
                .setLocalPort(DISCOVERY_PORT + number)
                .setLocalPortRange(0)
                .setIpFinder(finder))
        .setDataStorageConfiguration(
            new DataStorageConfiguration().setDefaultDataRegionConfiguration(region));
  }

  @Override
  public byte @Nullable [] get(String key) {
    return cache.get(key);
  }

  @Override
  public void put(String key, byte[] value) {
    cache.put(key, value);
  }

  @Override
  public CompletionStage<Boolean> getAsync(String key, int valueBytes) {
    return stage(cache.getAsync(key))
        .thenApply(value -> value != null && value.length == valueBytes);
  }

  @Override
  public CompletionStage<?> putAsync(String key, byte[] value) {
    return stage(cache.putAsync(key, value));
  }

  private static <T> CompletableFuture<T> stage(IgniteFuture<T> future) {
    CompletableFuture<T> stage = new CompletableFuture<>();
    future.listen(
        done -> {
          try {
            stage.complete(done.get());
          } catch (IgniteException e) {
            stage.completeExceptionally(e);
          }
        });
    return stage;
  }

  @Override
  public State state() {
    Ignite running = ignite;
    if (running == null) {
      return new State(1, true);
    }
    int members = running.cluster().forServers().nodes().size();
    Affinity<String> affinity = running.affinity(MAP);
    double own = affinity.primaryPartitions(running.cluster().localNode()).length;
    double share = (double) affinity.partitions() / members;
    return new State(members, own > share * 2 / 3 && own < share * 4 / 3);
  }

  @Override
  public void close() {
    if (ignite != null) {
      ignite.close();
    }
  }
}
