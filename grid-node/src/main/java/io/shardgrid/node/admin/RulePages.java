package io.shardgrid.node.admin;

import io.shardgrid.key.Slot;
import io.shardgrid.map.RuleCallForm;
import io.shardgrid.node.access.GridAccess;
import io.shardgrid.rule.RuleEntry;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The pages by which rules are loaded, looked at, dropped and called. Without state. */
final class RulePages {

  private static final String NAME = "name";
  private static final String MAP = "map";
  private static final String KEY = "key";
  private static final String RULE = "rule";
  private static final String ARGUMENT = "argument";

  private RulePages() {}

  /** What can be read, by path. */
  static Map<String, Recipe> reads() {
    return Map.of(
        "/rules",
        new Recipe(
            "rules as they are on this node",
            Set.of(),
            (grid, parameters) -> Recipe.replied(grid.rules().list(), RuleJson::of)));
  }

  /** What changes something, by path. */
  static Map<String, Recipe> actions() {
    return Map.of(
        "/rules/load",
        new Recipe(
            "POST: has all nodes call the body, WebAssembly, as name=NAME",
            Set.of(NAME),
            (grid, parameters) ->
                Recipe.replied(
                    grid.rules().load(name(parameters), parameters.body()), RuleJson::of)),
        "/rules/drop",
        new Recipe(
            "POST: nobody can call name=NAME any more",
            Set.of(NAME),
            (grid, parameters) ->
                Recipe.replied(grid.rules().drop(name(parameters)), RuleJson.Done::new)),
        "/rules/release",
        new Recipe(
            "POST: all nodes call name=NAME again though it has failed too often",
            Set.of(NAME),
            (grid, parameters) ->
                Recipe.replied(grid.rules().release(name(parameters)), RuleJson.Done::new)),
        "/rules/call",
        new Recipe(
            "POST: has rule=RULE.FUNCTION decide about map=NAME&key=KEY; argument=VALUE for each",
            Set.of(MAP, KEY, RULE, ARGUMENT),
            RulePages::call));
  }

  private static CompletionStage<Reply> call(GridAccess grid, Parameters parameters) {
    RuleCallForm form =
        RuleCallForm.of(
            wanted(parameters, RULE),
            parameters.values().getOrDefault(ARGUMENT, List.of()).toArray());
    byte[] key = wanted(parameters, KEY).getBytes(StandardCharsets.UTF_8);
    int shard = Slot.shardOf(Slot.of(key), grid.router().shards());
    return Recipe.replied(
        ShardAnswer.of(
            grid,
            wanted(parameters, MAP),
            shard,
            new Request.Invoke(key, form.rule(), form.function(), form.numbers(), form.bytes())),
        answer -> RuleJson.Result.of((Answer.Result) answer));
  }

  private static String name(Parameters parameters) {
    String name = wanted(parameters, NAME);
    RuleEntry.requireName(name);
    return name;
  }

  private static String wanted(Parameters parameters, String parameter) {
    String text = parameters.text(parameter, "");
    if (text.isEmpty()) {
      throw new Parameters.Wrong("A value is wanted: parameter=" + parameter);
    }
    return text;
  }
}
