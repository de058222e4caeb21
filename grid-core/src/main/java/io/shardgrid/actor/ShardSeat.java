package io.shardgrid.actor;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.route.Router;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.jspecify.annotations.Nullable;

/**
 * The Cluster Sharding entity of one shard: shows where the shard's seat is to any actor that knows
 * its number and no route. Owns no data; it follows the placement, some time after it, and nothing
 * on the data path waits for it.
 *
 * <p>State: none but what it was made with.
 */
final class ShardSeat extends AbstractBehavior<ShardSeat.Command> {

  /** Everything a seat understands. */
  sealed interface Command {}

  /** This node's replica acts in a new seat: makes Cluster Sharding start the entity here. */
  record Announced(PlacementEntry entry) implements Command, ControlMessage {}

  /** Asks where the shard is. */
  record Locate(ActorRef<Located> replyTo) implements Command, ControlMessage {}

  /** Cluster Sharding moves the entity. */
  record Leave() implements Command, ControlMessage {}

  /**
   * Where a shard is.
   *
   * @param entry the newest placement that the seat's node knows; null if it knows none
   * @param isHome whether the seat is on the node that the placement names
   */
  record Located(@Nullable PlacementEntry entry, boolean isHome) implements ControlMessage {}

  static final EntityTypeKey<Command> TYPE = EntityTypeKey.create(Command.class, "grid-seat");

  private final int shard;
  private final NodeId self;
  private final Router router;

  static Behavior<Command> create(int shard, NodeId self, Router router) {
    return Behaviors.setup(context -> new ShardSeat(context, shard, self, router));
  }

  private ShardSeat(ActorContext<Command> context, int shard, NodeId self, Router router) {
    super(context);
    this.shard = shard;
    this.self = self;
    this.router = router;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Announced.class, this::onAnnounced)
        .onMessage(Locate.class, this::onLocate)
        .onMessage(Leave.class, this::onLeave)
        .build();
  }

  private Behavior<Command> onAnnounced(Announced announced) {
    PlacementEntry known = router.placement(shard);
    if (known != null && known.epoch() == announced.entry().epoch() && !isHome(known)) {
      getContext()
          .getLog()
          .atDebug()
          .addKeyValue("shard", shard)
          .log("The seat is not at its shard's primary yet: shard={}, here={}", shard, self);
    }
    return this;
  }

  private Behavior<Command> onLocate(Locate locate) {
    PlacementEntry known = router.placement(shard);
    locate.replyTo().tell(new Located(known, known != null && isHome(known)));
    return this;
  }

  private Behavior<Command> onLeave(Leave leave) {
    return Behaviors.stopped();
  }

  private boolean isHome(PlacementEntry entry) {
    return self.equals(entry.primary());
  }

  /** One entity a Pekko shard, both named by the shard's number. */
  static final class ByNumber extends ShardingMessageExtractor<ShardingEnvelope<Command>, Command> {
    @Override
    public String entityId(ShardingEnvelope<Command> envelope) {
      return envelope.entityId();
    }

    @Override
    public String shardId(String entityId) {
      return entityId;
    }

    @Override
    public Command unwrapMessage(ShardingEnvelope<Command> envelope) {
      return envelope.message();
    }
  }
}
