package io.shardgrid.autoscale;

import io.shardgrid.key.MemberView;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Starts and ends nodes, wherever they run. Thread-safe; nothing here blocks.
 *
 * <p>The same order may be given again and again: by the same node, by another one after the first
 * has crashed, or by both at once. It is carried out once.
 */
public interface Actuator extends AutoCloseable {

  /** Which of the nodes can be the one to end. */
  enum Leaver {
    /** Any. */
    ANY,
    /** The one with the highest number at the end of its name, as in a Kubernetes StatefulSet. */
    HIGHEST_ORDINAL,
    /** None: nothing is started or ended. */
    NONE
  }

  /** What it is called in settings and logs. */
  String name();

  /** Which of the nodes it can end. */
  Leaver leaver();

  /**
   * Carries an order out: starts the nodes that are missing, or ends the one that was drained.
   *
   * @param members all members known now, those on their way in and out too
   * @return completes within a bounded time, never exceptionally but for a bug
   */
  CompletionStage<Provision> carryOut(ScaleOrder order, List<MemberView> members);

  /** Ends what it does for this process; nodes that it started live on. */
  @Override
  void close();
}
