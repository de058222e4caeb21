package io.shardgrid.actor;

import io.shardgrid.key.MigrationOrder;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.AuthorityPhase;
import io.shardgrid.placement.MoveStep;
import io.shardgrid.trace.TraceContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** What the authority over the placement says in the log: each decision once. Stateless. */
final class AuthorityLog {

  /** So many shards are told by their numbers; the line has to stay readable. */
  private static final int NUMBERS_MAX = 16;

  private final Logger log;

  /** Moves have a logger of their own, by which collectors of logs find them. */
  private final Logger moves = LoggerFactory.getLogger("io.shardgrid.placement.Migration");

  AuthorityLog(Logger log) {
    this.log = log;
  }

  /** An operator steers moves. */
  void steered(MigrationOrder order, List<Integer> shards) {
    log.info(
        "An operator steers moves: order={}, count={}, shards={}",
        order,
        shards.size(),
        first(shards));
  }

  /** An operator lets shards begin anew. */
  void lossAccepted(List<Integer> shards) {
    log.warn(
        "An operator accepts the loss of shards: count={}, shards={}",
        shards.size(),
        first(shards));
  }

  /** Changes of the placement are committed. */
  void committed(List<PlacementEntry> entries) {
    List<Integer> lost =
        entries.stream().filter(PlacementEntry::isLost).map(PlacementEntry::shard).toList();
    if (!lost.isEmpty()) {
      log.error(
          "The only copies of shards are gone with their nodes, they answer ShardLostException"
              + " until an operator accepts the loss: count={}, shards={}",
          lost.size(),
          first(lost));
    }
    if (entries.size() == 1) {
      PlacementEntry only = entries.get(0);
      log.atInfo()
          .addKeyValue("shard", only.shard())
          .log(
              "Placement committed: shard={}, epoch={}, primary={}, inSync={}",
              only.shard(),
              only.epoch(),
              only.isLost() ? "none" : only.primary(),
              only.inSync());
    } else {
      log.info("Placement committed: shards={}", entries.size());
    }
  }

  /**
   * The move of a shard has gone on to another state.
   *
   * @param trace whose trace it is; null if nothing is followed
   */
  void moveWent(MoveStep step, @Nullable TraceContext trace) {
    LoggingEventBuilder line = moves.atInfo().addKeyValue("shard", step.shard());
    if (trace != null) {
      line = line.addKeyValue("trace_id", trace.traceId()).addKeyValue("span_id", trace.spanId());
    }
    line.log(
        "A shard moves: shard={}, kind={}, source={}, target={}, was={}, state={}{}",
        step.shard(),
        step.kind(),
        step.source() == null ? "none" : step.source(),
        step.target(),
        step.was(),
        step.state(),
        step.reason().isEmpty() ? "" : ", cause=" + step.reason());
  }

  /** The authority has come so far. */
  void moved(AuthorityPhase from, AuthorityPhase to) {
    if (to == AuthorityPhase.GOVERNING) {
      log.info("This node governs the placement: was={}, phase={}", from, to);
    } else {
      log.debug("The authority over the placement goes on: was={}, phase={}", from, to);
    }
  }

  /** There is another authority, or none. */
  void ended(String reason) {
    log.info("This node does not govern the placement any more: cause={}", reason);
  }

  private static List<Integer> first(List<Integer> shards) {
    return shards.subList(0, Math.min(shards.size(), NUMBERS_MAX));
  }
}
