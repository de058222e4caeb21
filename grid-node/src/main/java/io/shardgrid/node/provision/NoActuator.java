package io.shardgrid.node.provision;

import io.shardgrid.autoscale.Actuator;
import io.shardgrid.autoscale.Provision;
import io.shardgrid.autoscale.ScaleOrder;
import io.shardgrid.key.MemberView;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Starts and ends nothing, and says what to set. Stateless. */
final class NoActuator implements Actuator {

  @Override
  public String name() {
    return ProvisionSettings.word(ProvisionSettings.Kind.NONE);
  }

  @Override
  public Leaver leaver() {
    return Leaver.NONE;
  }

  @Override
  public CompletionStage<Provision> carryOut(ScaleOrder order, List<MemberView> members) {
    return CompletableFuture.completedStage(
        new Provision.Refused(
            "nobody is set to start or end nodes: order="
                + order.number()
                + ", "
                + ProvisionSettings.PATH
                + ".kind=none; set it to local, kubernetes or webhook"));
  }

  @Override
  public void close() {}
}
