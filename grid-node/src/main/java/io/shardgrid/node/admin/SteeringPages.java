package io.shardgrid.node.admin;

import io.shardgrid.key.MigrationOrder;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlanReport.Weighing;
import io.shardgrid.node.access.GridAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The pages by which operators watch and steer moves. Without state. */
final class SteeringPages {

  private static final String SHARD = "shard";
  private static final String WITHIN = "within";
  private static final int WITHIN_MAX = 86_400;

  private SteeringPages() {}

  /** What can be read, by path. */
  static Map<String, Recipe> reads() {
    return Map.of(
        "/migrations",
        new Recipe(
            "moves of shards: under way, ended of late, waiting",
            Set.of(),
            (grid, parameters) ->
                Recipe.replied(
                    grid.steer(MigrationOrder.LOOK, List.of()),
                    report -> MigrationsJson.of(grid, report.report()))),
        "/migrations/plan",
        new Recipe(
            "what is still to be moved; weight=NODE=N and without=NODE for what-if questions",
            Set.of("weight", "without"),
            (grid, parameters) ->
                Recipe.replied(
                    grid.plan(weights(grid, parameters)), plan -> PlanJson.of(grid, plan))));
  }

  /** What changes something, by path. */
  static Map<String, Recipe> actions() {
    return Map.of(
        "/migrations/pause",
        steering(MigrationOrder.PAUSE, "POST: begin no move that only evens out"),
        "/migrations/resume",
        steering(MigrationOrder.RESUME, "POST: go on after a pause"),
        "/migrations/start",
        steering(MigrationOrder.START, "POST: plan anew at once, cancelled moves included"),
        "/migrations/cancel",
        new Recipe(
            "POST: give moves up; shard=N, or all=true",
            Set.of(SHARD, "all"),
            SteeringPages::cancel),
        "/migrations/verify",
        new Recipe(
            "POST: compare backups with primaries, of shard=N or all",
            Set.of(SHARD),
            (grid, parameters) ->
                Recipe.replied(
                    grid.verify(parameters.numbers(SHARD)), report -> VerifyJson.of(grid, report))),
        "/drain",
        new Recipe(
            "POST: hand all shards of this node over, then end its process; within=SECONDS",
            Set.of(WITHIN),
            SteeringPages::drain),
        "/weight",
        new Recipe(
            "POST: this node's share of the data; value=N", Set.of("value"), SteeringPages::weigh));
  }

  private static CompletionStage<Reply> drain(GridAccess grid, Parameters parameters) {
    int seconds = parameters.number(WITHIN, 0, WITHIN_MAX);
    if (seconds == 0 && parameters.values().containsKey(WITHIN)) {
      throw new Parameters.Wrong(
          "A number is out of range: parameter=within, wanted=1 up, found=0");
    }
    return Recipe.replied(
        grid.drain(seconds == 0 ? null : Duration.ofSeconds(seconds)), DrainJson::of);
  }

  private static CompletionStage<Reply> weigh(GridAccess grid, Parameters parameters) {
    int weight = parameters.number("value");
    grid.weight(weight);
    return CompletableFuture.completedStage(
        Reply.ok(new WeightJson(MemberNames.of(grid).nameOf(grid.self()), weight)));
  }

  private static Recipe steering(MigrationOrder order, String summary) {
    return new Recipe(
        summary,
        Set.of(),
        (grid, parameters) ->
            Recipe.replied(grid.steer(order, List.of()), report -> SteerJson.of(grid, report)));
  }

  private static CompletionStage<Reply> cancel(GridAccess grid, Parameters parameters) {
    List<Integer> shards = parameters.numbers(SHARD);
    boolean isAll = parameters.texts("all").equals(List.of("true"));
    if (isAll == !shards.isEmpty()) {
      throw new Parameters.Wrong("Either shards or all are wanted: parameters=shard, all=true");
    }
    return Recipe.replied(
        grid.steer(MigrationOrder.CANCEL, shards), report -> SteerJson.of(grid, report));
  }

  private static List<Weighing> weights(GridAccess grid, Parameters parameters) {
    MemberNames names = MemberNames.of(grid);
    List<Weighing> weights = new ArrayList<>();
    parameters
        .numbersByName("weight")
        .forEach((name, weight) -> weights.add(new Weighing(member(names, name), weight)));
    parameters.texts("without").forEach(name -> weights.add(new Weighing(member(names, name), 0)));
    return weights;
  }

  private static NodeId member(MemberNames names, String name) {
    return names
        .find(name)
        .orElseThrow(() -> new Parameters.Wrong("There is no such member: member=" + name));
  }
}
