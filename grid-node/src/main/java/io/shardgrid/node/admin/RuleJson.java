package io.shardgrid.node.admin;

import io.shardgrid.rule.RuleView;
import io.shardgrid.wire.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A rule as {@code GET /rules} tells it. Immutable.
 *
 * @param module SHA-256 of its module
 * @param functions its functions with their types; none if it is not loaded on this node
 * @param changes whether a call may have an effect on the entry
 * @param engine what carries it out on this node; null if nothing does
 * @param problem why this node cannot call it; null if it can
 */
record RuleJson(
    String name,
    String module,
    int bytes,
    long loadedAtMillis,
    List<String> functions,
    boolean changes,
    @Nullable String engine,
    @Nullable String problem) {

  /** Whether there was such a rule. */
  record Done(boolean done) {}

  /**
   * What a call has answered.
   *
   * @param text what it has given beside the number, as UTF-8; null for nothing
   */
  record Result(long number, @Nullable String text) {

    static Result of(Answer.Result result) {
      byte[] bytes = result.bytes();
      return new Result(
          result.number(), bytes == null ? null : new String(bytes, StandardCharsets.UTF_8));
    }
  }

  static RuleJson of(RuleView view) {
    return new RuleJson(
        view.entry().name(),
        view.entry().hash(),
        view.entry().bytes(),
        view.entry().loadedAtMillis(),
        view.functions(),
        view.mayChange(),
        view.engine().map(kind -> kind.name().toLowerCase(Locale.ROOT)).orElse(null),
        view.problem().orElse(null));
  }

  static List<RuleJson> of(List<RuleView> views) {
    return views.stream().map(RuleJson::of).toList();
  }
}
