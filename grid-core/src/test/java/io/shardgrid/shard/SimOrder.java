package io.shardgrid.shard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * The order in which each client asked for its operations on a key, waiting for no answer in
 * between: writes happen in that order, and a read sees the writes that were asked before it.
 *
 * <p>It may see some that were asked after it, too: a read that was not told when its primary's
 * reign ended is carried out again by the next one, which has completed the writes behind it. And
 * it need not see a conditional write: one that did nothing is not waited for by the reads behind
 * it, and may be carried out anew, and do something, if its reign ends before it is committed.
 */
final class SimOrder {

  private final Map<Queue, List<Step>> steps = new LinkedHashMap<>();

  private record Queue(int client, int shard, String key) {}

  /** One operation of a client. */
  static final class Step {
    private final boolean isWrite;
    private boolean isToBeSeen;
    private long number = -1;

    private Step(boolean isWrite) {
      this.isWrite = isWrite;
    }

    /**
     * It made the key's state with this number, or saw it: numbers grow with time.
     *
     * @param isToBeSeen whether it is a write that reads behind it must see
     */
    void was(long stateNumber, boolean isToBeSeen) {
      number = stateNumber;
      this.isToBeSeen = isToBeSeen;
    }
  }

  Step asked(int client, int shard, String key, boolean isWrite) {
    Step step = new Step(isWrite);
    steps.computeIfAbsent(new Queue(client, shard, key), any -> new ArrayList<>()).add(step);
    return step;
  }

  /** R7: a write comes behind all writes asked before, and a read sees them. */
  void check(IntPredicate isLost) {
    steps.forEach(
        (queue, all) -> {
          if (!isLost.test(queue.shard())) {
            check(queue, all);
          }
        });
  }

  private static void check(Queue queue, List<Step> all) {
    long written = 0;
    long answered = 0;
    for (Step step : all) {
      long least = step.isWrite ? written + 1 : answered;
      if (step.number >= 0 && step.number < least) {
        throw new SimViolation(
            "R7 a client's operations changed their order: %s, write=%s, number=%d, least=%d"
                .formatted(queue, step.isWrite, step.number, least));
      }
      if (step.isWrite) {
        written = Math.max(written, step.number);
        answered = step.isToBeSeen ? Math.max(answered, step.number) : answered;
      }
    }
  }
}
