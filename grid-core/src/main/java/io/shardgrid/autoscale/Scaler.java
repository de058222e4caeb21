package io.shardgrid.autoscale;

import io.shardgrid.autoscale.ScaleReason.Cause;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The autoscaler of a cluster, one incarnation: hears what nodes report, decides, and sees to it
 * that orders are carried out.
 *
 * <p>Not thread-safe. Every input may come late, twice or never.
 */
public final class Scaler {
  /*
   * What is decided is kept by the cluster (a ScaleState, committed as the placement is) before
   * anything is done. So whoever comes after this one, when its node has crashed, knows the history,
   * and which order is under way, and takes it up. It says so first, by a state of its own: from
   * then on nothing that the former one may still want to have kept is taken.
   *
   *   ask --> take over --> [ ask | decide, have it kept | pursue the order, have its end kept ]*
   *
   * An order says how many nodes there should be, so carrying it out again does nothing twice. One
   * is under way at a time, and nothing is decided meanwhile.
   */

  private static final long CONSULT_NANOS = Duration.ofSeconds(1).toNanos();

  /** What was not answered for so long is not waited for any more. */
  private static final long ANSWER_NANOS = Duration.ofSeconds(2).toNanos();

  /** With no answer for so long nothing is done: perhaps others have taken over. */
  private static final long SILENCE_NANOS = Duration.ofSeconds(5).toNanos();

  private final long run;
  private final NodeId own;
  private final AutoscaleSettings settings;
  private final ScalePolicy policy;
  private final ScalerEffects effects;
  private final LoadBoard board;
  private final DecisionLog log = new DecisionLog();
  private @Nullable Kept kept;
  private @Nullable Activity activity;
  private @Nullable Pursuit pursuit;
  private boolean isWaiting;
  private boolean isDecided;
  private boolean isEndTold;
  private long askedNanos;
  private long answeredNanos;
  private long decidedNanos;

  /** What the cluster keeps, and its stamp. */
  private record Kept(long stamp, ScaleState state) {}

  /**
   * An incarnation.
   *
   * @param run a number that no other one has, not 0
   * @param own the member on which it runs
   */
  public Scaler(long run, NodeId own, AutoscaleSettings settings, ScalerEffects effects) {
    this.run = run;
    this.own = own;
    this.settings = settings;
    this.policy = new ScalePolicy(settings.policy());
    this.effects = effects;
    this.board = new LoadBoard(settings.metrics());
  }

  /** These are the members, those on their way in and out too. */
  public void members(List<MemberView> members) {
    board.members(members);
  }

  /** A member has reported; {@code now} by the clock of this node. */
  public void reported(LoadReport report, Instant now) {
    board.reported(report, now);
  }

  /** Time passes; to be called about once a second. */
  public void tick(Instant now, long nowNanos) {
    if (settings.mode() == AutoscaleMode.OFF) {
      return;
    }
    if (isWaiting && nowNanos - askedNanos < ANSWER_NANOS) {
      return;
    }
    isWaiting = false;
    Kept known = kept;
    if (known == null) {
      ask(0, null, nowNanos);
    } else if (!isInCharge(known)) {
      ask(known.stamp(), known.state().takenBy(run), nowNanos);
    } else if (nowNanos - answeredNanos >= SILENCE_NANOS) {
      ask(known.stamp(), null, nowNanos);
    } else {
      goOn(known, now, nowNanos);
    }
  }

  private boolean isInCharge(Kept known) {
    return known.state().run() == run;
  }

  private void goOn(Kept known, Instant now, long nowNanos) {
    pursue(known, now, nowNanos);
    if (!isWaiting && (!isDecided || nowNanos - decidedNanos >= interval())) {
      decide(known, now, nowNanos);
    }
    if (!isWaiting && nowNanos - askedNanos >= CONSULT_NANOS) {
      ask(known.stamp(), null, nowNanos);
    }
  }

  private long interval() {
    return settings.pace().interval().toNanos();
  }

  private void ask(long over, @Nullable ScaleState next, long nowNanos) {
    isWaiting = true;
    askedNanos = nowNanos;
    effects.consult(over, next);
  }

  /**
   * The answer to {@link ScalerEffects#consult}: what is kept now, whether or not it is what was to
   * be kept.
   *
   * @param stamp its stamp
   * @param state what is kept, {@link ScaleState#NONE} if nothing ever was
   */
  public void consulted(long stamp, ScaleState state, Activity now, long nowNanos) {
    Kept known = kept;
    if (known != null && stamp < known.stamp()) {
      return;
    }
    isWaiting = false;
    answeredNanos = nowNanos;
    activity = now;
    Kept next = new Kept(stamp, state);
    boolean wasInCharge = known != null && isInCharge(known);
    if (!wasInCharge && isInCharge(next)) {
      decidedNanos = nowNanos;
      isDecided = true;
    }
    kept = next;
    if (wasInCharge && !isInCharge(next)) {
      effects.replaced();
    }
  }

  private void decide(Kept known, Instant now, long nowNanos) {
    isDecided = true;
    decidedNanos = nowNanos;
    Optional<NodeId> operator = board.operator(own);
    ClusterSample sample = board.sample(holds(known), board.leaver(operator), now);
    ScaleDecision decision = policy.decide(sample, known.state().history(), now);
    ScaleState next = known.state().with(decision.history());
    boolean acts = settings.mode() == AutoscaleMode.ACT && operator.isPresent();
    ScaleOrder order = order(known.state(), decision, now);
    if (order != null && acts) {
      ScaleNote note = new ScaleNote(now, describe(order, decision));
      int after = sample.size() + order.nodes() - order.before();
      next = next.with(order, decision.history().scaled(sample.size(), after, now), note);
      effects.tell(note, order);
    } else if (order != null && log.isNews(decision)) {
      effects.tell(new ScaleNote(now, "Advice: " + describe(order, decision)));
    }
    log.add(decision, settings.mode() == AutoscaleMode.ACT && !acts);
    ask(known.stamp(), next, nowNanos);
  }

  private List<ScaleReason> holds(Kept known) {
    List<ScaleReason> holds = new ArrayList<>();
    Activity now = activity;
    if (now == null) {
      holds.add(
          new ScaleReason(Cause.PLACEMENT_UNKNOWN, "Nobody says whether the shards are at rest"));
    } else {
      holds.addAll(now.holds());
    }
    ScaleOrder order = known.state().order();
    if (order != null) {
      holds.add(
          new ScaleReason(
              Cause.UNDER_WAY, "An order is being carried out: order=" + order.number()));
    }
    return holds;
  }

  private @Nullable ScaleOrder order(ScaleState state, ScaleDecision decision, Instant now) {
    int standalone = board.standalone();
    long number = state.orders() + 1;
    if (decision.action() instanceof ScaleAction.Add add) {
      return new ScaleOrder(number, standalone, standalone + add.nodes(), "", now);
    }
    if (decision.action() instanceof ScaleAction.Remove) {
      return new ScaleOrder(number, standalone, standalone - 1, decision.leaving(), now);
    }
    return null;
  }

  private static String describe(ScaleOrder order, ScaleDecision decision) {
    String what =
        order.isGrowth()
            ? "Nodes are to come: coming=%d".formatted(order.nodes() - order.before())
            : "A node is to go: leaving=" + order.leaving();
    return "%s, order=%d, nodes=%d, wanted=%d; %s"
        .formatted(what, order.number(), order.before(), order.nodes(), decision.because());
  }

  private void pursue(Kept known, Instant now, long nowNanos) {
    ScaleOrder order = known.state().order();
    if (order == null) {
      pursuit = null;
      return;
    }
    Pursuit current = pursuit;
    if (current == null || current.order().number() != order.number()) {
      current = new Pursuit(order, settings, own, board, effects, nowNanos);
      pursuit = current;
      isEndTold = false;
    }
    current.tick(now, nowNanos);
    if (current.state().isEnd()) {
      boolean isDone = current.state() == OrderState.DONE;
      ScaleNote note =
          new ScaleNote(
              now,
              "%s: order=%d; %s"
                  .formatted(isDone ? "Done" : "Given up", order.number(), current.text()));
      if (!isEndTold) {
        isEndTold = true;
        if (isDone) {
          effects.tell(note, order);
        } else {
          effects.warn(note, order);
        }
      }
      ask(known.stamp(), known.state().ended(note), nowNanos);
    }
  }

  /** What became of an order at whoever starts and ends nodes. */
  public void provided(long order, Provision provision) {
    Pursuit current = pursuit;
    if (current != null && current.order().number() == order) {
      current.provided(provision);
    }
  }

  /**
   * What a node that is to go says of its drain.
   *
   * @param isDone whether it has handed all over
   */
  public void drained(long order, boolean isDone, String report) {
    Pursuit current = pursuit;
    if (current != null && current.order().number() == order) {
      current.drained(isDone, report);
    }
  }

  /** What the comparison of all copies came to. */
  public void verified(long order, boolean isGood, String report) {
    Pursuit current = pursuit;
    if (current != null && current.order().number() == order) {
      current.verified(isGood, report);
    }
  }

  /**
   * What it knows and has decided.
   *
   * @param entries decisions, the last ones, at most
   */
  public AutoscaleReport report(int entries) {
    Kept known = kept;
    ScaleState state = known == null ? ScaleState.NONE : known.state();
    Pursuit current = pursuit;
    ScaleOrder order = state.order();
    return new AutoscaleReport(
        own,
        settings.mode(),
        known != null && isInCharge(known),
        settings.policy().bounds().min(),
        settings.policy().bounds().max(),
        board.members().size(),
        order == null
            ? null
            : new AutoscaleReport.Order(
                order,
                current == null ? OrderState.GIVEN : current.state(),
                current == null ? "" : current.text()),
        log.made(),
        log.last(entries),
        state.notes());
  }
}
