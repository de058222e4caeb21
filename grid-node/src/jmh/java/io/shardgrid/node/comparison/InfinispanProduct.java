package io.shardgrid.node.comparison;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.infinispan.commons.api.BasicCache;
import org.infinispan.commons.api.BasicCacheContainer;
import org.infinispan.health.Health;
import org.infinispan.health.HealthStatus;
import org.jspecify.annotations.Nullable;

/**
 * Infinispan in the heap: local, or distributed with two owners and synchronous. It hands out the
 * very array that it keeps, and reads a backup of its own where it has one. It has no role of a
 * client here: its Hot Rod client is not among the artifacts that can be had.
 *
 * <p>Its manager is asked by names: to compile against it takes annotations that cannot be had.
 */
final class InfinispanProduct implements Product {

  private static final int PORT = 17_800;

  private BasicCacheContainer manager = noManager();
  private BasicCache<String, byte[]> cache = noCache();

  @SuppressWarnings("NullAway") // replaced by open
  private static BasicCacheContainer noManager() {
    return null;
  }

  @SuppressWarnings("NullAway") // replaced by open
  private static BasicCache<String, byte[]> noCache() {
    return null;
  }

  @Override
  public void open(Role role, int number) {
    if (role == Role.CLIENT) {
      throw new UnsupportedOperationException("infinispan has no client here");
    }
    System.setProperty("comparison.jgroups.port", Integer.toString(PORT + number));
    manager =
        start(
            role == Role.EMBEDDED
                ? "comparison-infinispan-embedded.xml"
                : "comparison-infinispan-member.xml");
    cache = manager.getCache("m");
  }

  private static BasicCacheContainer start(String settings) {
    try {
      return Class.forName("org.infinispan.manager.DefaultCacheManager")
          .asSubclass(BasicCacheContainer.class)
          .getConstructor(String.class)
          .newInstance(settings);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("infinispan does not start: settings=" + settings, e);
    }
  }

  private Object ask(String method) {
    try {
      return manager.getClass().getMethod(method).invoke(manager);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("infinispan does not answer: method=" + method, e);
    }
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
    return cache.getAsync(key).thenApply(value -> value != null && value.length == valueBytes);
  }

  @Override
  public CompletionStage<?> putAsync(String key, byte[] value) {
    return cache.putAsync(key, value);
  }

  @Override
  public State state() {
    List<?> members = (List<?>) ask("getMembers");
    Health health = (Health) ask("getHealth");
    boolean isHealthy = health.getClusterHealth().getHealthStatus() == HealthStatus.HEALTHY;
    return new State(members.size(), isHealthy);
  }

  @Override
  public void close() {
    manager.stop();
  }
}
