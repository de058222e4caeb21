package io.shardgrid.history;

import java.util.List;

/**
 * Where a history went wrong: an answer with which its beginning ceased to have an order, and an
 * order of what was answered before. Immutable.
 *
 * @param time of that answer; what was not answered by then counts as unknown
 * @param placed the longest order found
 * @param state the state after it
 * @param unplaced the answered operations that are not in it, by their invocations. One, as a rule;
 *     it can be in the order as if its outcome were unknown
 * @param open the unknown operations that are not in it, by their invocations
 */
public record Explanation<I, O>(
    long time,
    List<RecordedOperation<I, O>> placed,
    String state,
    List<RecordedOperation<I, O>> unplaced,
    List<RecordedOperation<I, O>> open) {

  private static final int SHOWN_MAX = 20;

  /** For a person to follow: at most 20 operations of each kind. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("No order explains what was answered by time %d.\n".formatted(time));
    text.append("The longest order found has %d operations:\n".formatted(placed.size()));
    int hidden = Math.max(0, placed.size() - SHOWN_MAX);
    if (hidden > 0) {
      text.append("    (%d earlier ones)\n".formatted(hidden));
    }
    list(text, placed.subList(hidden, placed.size()));
    text.append("after which the state is: %s\n".formatted(state));
    text.append("No place was found for:\n");
    list(text, unplaced);
    if (!open.isEmpty()) {
      text.append("Not answered by then, and not needed in that order:\n");
      list(text, open);
    }
    return text.toString();
  }

  private static <I, O> void list(StringBuilder text, List<RecordedOperation<I, O>> operations) {
    operations.stream().limit(SHOWN_MAX).forEach(one -> text.append(one).append('\n'));
    if (operations.size() > SHOWN_MAX) {
      text.append("    (%d later ones)\n".formatted(operations.size() - SHOWN_MAX));
    }
  }
}
