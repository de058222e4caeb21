package io.shardgrid.node.provision;

import com.typesafe.config.ConfigFactory;

/** Settings over those of the reference. */
final class SettingsOf {

  private SettingsOf() {}

  /** With these of {@code grid.node.provision}. */
  static ProvisionSettings provision(String text) {
    return ProvisionSettings.from(
        ConfigFactory.parseString("grid.node.provision { " + text + " }")
            .withFallback(ConfigFactory.defaultReference())
            .resolve()
            .getConfig("grid"));
  }

  /** What a node of a cluster knows that has no variables. */
  static ProvisionContext context() {
    return new ProvisionContext("shardgrid", "grid {}", name -> null);
  }
}
