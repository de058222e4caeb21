package io.shardgrid.node.provision;

import org.jspecify.annotations.Nullable;

/**
 * What an actuator knows of the node it runs in. Immutable.
 *
 * @param cluster name of the cluster
 * @param shared settings that nodes which are started have in common with this one, as HOCON
 * @param environment variables of this process
 */
public record ProvisionContext(String cluster, String shared, Environment environment) {

  /** The variables of a process, which may be secret: nobody can list them. */
  @FunctionalInterface
  public interface Environment {

    /** The value of a variable; null if there is none. */
    @Nullable String value(String name);
  }
}
