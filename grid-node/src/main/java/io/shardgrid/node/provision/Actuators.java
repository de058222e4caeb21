package io.shardgrid.node.provision;

import io.shardgrid.autoscale.Actuator;

/** Makes the actuator that is set. Stateless. */
public final class Actuators {

  private Actuators() {}

  /**
   * Makes it; nothing is asked or started yet.
   *
   * @throws io.shardgrid.failure.GridConfigException if it cannot be used here
   */
  public static Actuator from(ProvisionSettings settings, ProvisionContext context) {
    return switch (settings.kind()) {
      case NONE -> new NoActuator();
      case LOCAL -> LocalProcesses.create(settings.local(), context);
      case KUBERNETES -> KubernetesScale.create(settings.kubernetes(), context.environment());
      case WEBHOOK -> Webhook.create(settings.webhook(), context);
    };
  }
}
