package io.shardgrid.autoscale;

import io.shardgrid.autoscale.ScaleReason.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/**
 * Decides whether nodes are to be started or one is to go: the arithmetic of {@link SizeController}
 * and, above it, what a node with data needs. Immutable; a pure function of what it is handed.
 * O(nodes x metrics + history).
 */
public final class ScalePolicy {
  /*
   *   readings --> a proposal each --> one size, stabilised and limited --> safety --> action
   *
   * What the arithmetic was made for has no data; a node of a grid has. So:
   *
   * 1. Nothing is decided while shards move, copies are missing, a member does not answer or one
   *    leaves: readings of such a time are of a cluster that will not be there.
   * 2. Never fewer nodes than hold all copies at the high-water mark with one node lost; if there
   *    are fewer, nodes are started for that alone.
   * 3. One node goes at a time, after a drain; the next one is asked for anew.
   * 4. Nothing is removed on a doubt: a reading that is missing, old or senseless, a metric without
   *    a proposal, a clock that jumped. Growing needs no certainty.
   * 5. A node that is new is not ready: it neither props up nor pulls down the mean.
   *
   * What is recommended meanwhile is remembered all the same, and with a doubt as no less than what
   * there is, so that a whole window without doubts passes before anything is removed.
   */

  private final ScaleSettings settings;

  public ScalePolicy(ScaleSettings settings) {
    this.settings = settings;
  }

  /**
   * Decides.
   *
   * @param history that of the last decision, {@link ScaleHistory#NONE} for the first one
   */
  public ScaleDecision decide(ClusterSample sample, ScaleHistory history, Instant now) {
    int current = sample.size();
    Deliberation course = new Deliberation(settings, sample, now);
    ScaleHistory past = settled(course, history, current, now);
    OptionalInt floor = course.floor();
    List<MetricProposal> proposals = course.proposals();
    SizeRules rules = SizeRules.of(settings.bounds().atLeast(floor.orElse(0)), settings.behavior());
    SizeVerdict size = new SizeController(rules).decide(current, proposals, past, now);
    course.explain(size);
    ScaleAction action = course.action(size);
    int recommended = size.isRecommendation() ? size.proposed() : current;
    return new ScaleDecision(
        now,
        action,
        size,
        course.verdicts(),
        course.reasons(),
        sample,
        past.recommended(course.isDoubtful() ? Math.max(current, recommended) : recommended, now));
  }

  /** The history, begun anew if time has not simply passed since the last decision. */
  private ScaleHistory settled(
      Deliberation course, ScaleHistory history, int current, Instant now) {
    Instant last = history.lastAt();
    if (last == null) {
      return ScaleHistory.startingWith(current, now);
    }
    Duration gap = settings.patience().gap();
    Duration passed = Duration.between(last, now);
    if (passed.isNegative() || passed.compareTo(gap) > 0) {
      course.doubt(Cause.CLOCK_JUMPED, "The clock jumped, or nothing was decided: for=" + passed);
      return history.withoutFuture(now).recommended(current, now);
    }
    return history.pruned(settings.behavior().longest().plus(gap), now);
  }
}
