package io.shardgrid.history;

import java.util.List;

/**
 * Tells whether a history of one key is linearizable: whether every operation can be thought to
 * happen at one moment between its invocation and its end, so that all results are right.
 *
 * <p>Linearizability is local: a map is linearizable if and only if the history of each of its keys
 * is. The problem is NP-complete, so a check has a budget. Where answers tell versions, or every
 * value is written once, a right history costs about (operations x operations open at once) steps;
 * several operations of unknown outcome, and values that are written again and again without a
 * version being told, cost more. Memory: about 250 bytes for each situation in which there was a
 * choice, of which there are fewer than steps; it is free again after the check. Thread-safe if the
 * model is.
 */
public final class LinearizabilityChecker<I, O> {

  private final SequentialModel<?, I, O> model;
  private final long stepsMax;

  /**
   * Checks against a model.
   *
   * @param stepsMax about how many steps of the model a check may try; to explain why a history is
   *     not linearizable may take as many again
   */
  public LinearizabilityChecker(SequentialModel<?, I, O> model, long stepsMax) {
    if (stepsMax < 1) {
      throw new IllegalArgumentException("A check needs steps: stepsMax=" + stepsMax);
    }
    this.model = model;
    this.stepsMax = stepsMax;
  }

  /** Checks a history. */
  public Finding<I, O> check(KeyHistory<I, O> history) {
    return check(model, history);
  }

  private <S> Finding<I, O> check(SequentialModel<S, I, O> model, KeyHistory<I, O> history) {
    List<RecordedOperation<I, O>> operations = history.operations();
    Search<S, I, O> search =
        new Search<>(model, model.foresight(operations), new Roster<>(operations), stepsMax);
    Verdict verdict = search.run();
    Explanation<I, O> explanation =
        verdict == Verdict.NOT_LINEARIZABLE
            ? new Explainer<>(model, operations, stepsMax).explain()
            : null;
    return new Finding<>(history, verdict, search.steps(), explanation);
  }
}
