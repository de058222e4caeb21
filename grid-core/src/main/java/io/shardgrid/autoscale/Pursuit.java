package io.shardgrid.autoscale;

import io.shardgrid.autoscale.Actuator.Leaver;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One order on its way, at one incarnation of the autoscaler. Says everything again until it is
 * answered; whoever takes an order over begins with it anew, which does nothing twice.
 *
 * <p>Not thread-safe.
 */
final class Pursuit {

  /** So long after it was said a thing is said again; a drain is called off when it is not. */
  private static final long REPEAT_NANOS = Duration.ofSeconds(2).toNanos();

  /** So long after nodes were asked for they are asked for again: one may have died young. */
  private static final long RENEW_NANOS = Duration.ofSeconds(20).toNanos();

  private final ScaleOrder order;
  private final AutoscaleSettings settings;
  private final NodeId own;
  private final LoadBoard board;
  private final ScalerEffects effects;
  private final long deadlineNanos;
  private OrderState state = OrderState.GIVEN;
  private String text = "";
  private boolean isAccepted;
  private boolean hasRoom;
  private long endingNanos;
  private final Repeat drain = new Repeat();
  private final Repeat ask = new Repeat();

  /** When something was said last. */
  private static final class Repeat {
    private boolean isSaid;
    private long saidNanos;

    boolean isDue(long nowNanos, long intervalNanos) {
      boolean isDue = !isSaid || nowNanos - saidNanos >= intervalNanos;
      if (isDue) {
        isSaid = true;
        saidNanos = nowNanos;
      }
      return isDue;
    }
  }

  Pursuit(
      ScaleOrder order,
      AutoscaleSettings settings,
      NodeId own,
      LoadBoard board,
      ScalerEffects effects,
      long nowNanos) {
    this.order = order;
    this.settings = settings;
    this.own = own;
    this.board = board;
    this.effects = effects;
    Duration limit = order.isGrowth() ? settings.pace().start() : settings.pace().drain();
    this.deadlineNanos = nowNanos + limit.toNanos();
    effects.orderWent(order, state, state, text);
  }

  ScaleOrder order() {
    return order;
  }

  OrderState state() {
    return state;
  }

  /** What is waited for, or how it ended. */
  String text() {
    return text;
  }

  /** Time passes, and members come and go. */
  void tick(Instant now, long nowNanos) {
    if (state.isEnd()) {
      return;
    }
    if (nowNanos - deadlineNanos >= 0) {
      giveUp("It was not done in time: " + (text.isEmpty() ? "nobody answers" : text));
      return;
    }
    if (order.isGrowth()) {
      grow(nowNanos);
    } else {
      shrink(now, nowNanos);
    }
  }

  private void grow(long nowNanos) {
    if (state == OrderState.GIVEN) {
      move(OrderState.COMING);
    }
    int found = board.standaloneUp();
    if (found >= order.nodes()) {
      end("Nodes have come: nodes=" + found);
      return;
    }
    if (isAccepted) {
      text = "Nodes are to come: wanted=%d, found=%d".formatted(order.nodes(), found);
    }
    askOperator(nowNanos);
  }

  private void shrink(Instant now, long nowNanos) {
    if (board.members().isEmpty()) {
      return;
    }
    Optional<MemberView> leaving = board.named(order.leaving());
    if (state == OrderState.GIVEN) {
      // A former autoscaler may have come as far as that, and run on that very node.
      move(leaving.isPresent() ? OrderState.DRAINING : OrderState.ENDING);
    }
    if (leaving.isPresent() && state != OrderState.ENDING && !isSpare(now)) {
      giveUp("The data needs the node, as others have gone: node=" + order.leaving());
    } else if (leaving.isPresent()) {
      shrink(leaving.get().id(), nowNanos);
    } else if (state != OrderState.ENDING) {
      giveUp("The node has gone before it was drained: node=" + order.leaving());
    } else if (isAccepted) {
      end("The node has gone: node=" + order.leaving());
    } else {
      askOperator(nowNanos);
    }
  }

  /** Whether the data can do without a node; notes whether that is known. */
  private boolean isSpare(Instant now) {
    OptionalInt spare = board.spareWithout(order.leaving(), settings.policy().room(), now);
    hasRoom = spare.isPresent() && spare.getAsInt() >= 0;
    return hasRoom || spare.isEmpty();
  }

  private void shrink(NodeId node, long nowNanos) {
    if (state != OrderState.ENDING) {
      endingNanos = nowNanos;
    }
    if (drain.isDue(nowNanos, REPEAT_NANOS)) {
      effects.drain(node, order.number());
      if (state == OrderState.VERIFYING) {
        effects.verify(order.number());
      }
    }
    if (state == OrderState.ENDING) {
      askOperator(nowNanos);
      // Whoever ends nodes may refuse, or wait until the node has ended: it is asked first.
      boolean isToEnd = isAccepted || nowNanos - endingNanos >= REPEAT_NANOS;
      if (isToEnd && board.leaver(board.operator(own)) == Leaver.ANY) {
        effects.end(node, order.number());
      }
    }
  }

  private void askOperator(long nowNanos) {
    if (!ask.isDue(nowNanos, isAccepted ? RENEW_NANOS : REPEAT_NANOS)) {
      return;
    }
    Optional<NodeId> operator = board.operator(own);
    if (operator.isEmpty()) {
      text = "Nobody can start or end nodes: key=grid.node.provision.kind";
    } else {
      effects.carryOut(operator.get(), order);
    }
  }

  /** What became of the order at whoever starts and ends nodes. */
  void provided(Provision provision) {
    if (state != OrderState.COMING && state != OrderState.ENDING) {
      return;
    }
    if (provision instanceof Provision.Accepted accepted) {
      isAccepted = true;
      text = accepted.text();
    } else if (provision instanceof Provision.Begun begun) {
      isAccepted = false;
      text = begun.text();
    } else if (provision instanceof Provision.Failed failed) {
      text = failed.reason();
    } else if (provision instanceof Provision.Refused refused) {
      giveUp(refused.reason());
    }
  }

  /** What the node that is to go says of its drain. */
  void drained(boolean isDone, String report) {
    if (state == OrderState.DRAINING) {
      text = report;
      if (isDone) {
        move(OrderState.VERIFYING);
      }
    }
  }

  /** What the comparison of all copies came to. */
  void verified(boolean isGood, String report) {
    if (state == OrderState.VERIFYING) {
      text = report;
      if (isGood && hasRoom) {
        move(OrderState.ENDING);
      }
    }
  }

  private void end(String how) {
    text = how;
    move(OrderState.DONE);
  }

  private void giveUp(String why) {
    text = why;
    move(OrderState.GIVEN_UP);
  }

  /** The one way from state to state. */
  private void move(OrderState next) {
    if (!state.canBecome(next)) {
      throw new IllegalStateException(
          "an order cannot become this: order=%d, state=%s, next=%s"
              .formatted(order.number(), state, next));
    }
    OrderState was = state;
    state = next;
    effects.orderWent(order, was, next, text);
  }
}
