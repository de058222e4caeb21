package io.shardgrid.node.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.shardgrid.node.drill.DrillDesk;
import io.shardgrid.node.drill.DrillOffer;
import io.shardgrid.node.drill.DrillProgress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pages by which drills are started and watched. Its events are confined to the event loop of
 * the server.
 */
final class DrillPages {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NUMBER = "number";
  private static final String RATE = "rate";
  private static final String CALM = "calm";
  private static final int RATE_DEFAULT = 1_000;
  private static final int RATE_MAX = 100_000;
  private static final int CALM_DEFAULT = 5;
  private static final int CALM_MAX = 600;

  private final DrillDesk desk;
  private final EventFeed events;
  private @Nullable DrillProgress lastSeen;
  private byte[] lastTold = new byte[0];

  DrillPages(DrillDesk desk, ConsoleSettings settings) {
    this.desk = desk;
    this.events =
        new EventFeed(settings, () -> CompletableFuture.completedStage(told(desk.progress())));
  }

  /** What can be read, by path. */
  Map<String, Recipe> reads() {
    return Map.of(
        "/drills",
        new Recipe(
            "drills that can be started here, and how the last one went",
            Set.of(),
            (grid, parameters) ->
                now(
                    Reply.ok(
                        new DrillsJson(
                            desk.isEnabled(),
                            DrillOffer.all(),
                            DrillJson.orNull(desk.progress()))))),
        "/drills/events",
        new Recipe(
            "how the drill goes, again and again", Set.of(), (grid, parameters) -> now(listen())));
  }

  /** What changes something, by path. */
  Map<String, Recipe> actions() {
    return Map.of(
        "/drills/start",
        new Recipe(
            "POST: starts a drill beside this node; number=N, rate=1000, calm=5 (seconds)",
            Set.of(NUMBER, RATE, CALM),
            (grid, parameters) -> now(start(parameters))),
        "/drills/stop",
        new Recipe(
            "POST: stops the drill that runs",
            Set.of(),
            (grid, parameters) -> now(tried(desk::stop))));
  }

  private Reply start(Parameters parameters) {
    int number = parameters.number(NUMBER);
    if (DrillOffer.all().stream().noneMatch(offer -> offer.number() == number)) {
      throw new Parameters.Wrong("There is no such drill: number=" + number + "; see /drills");
    }
    int rate = atLeastOne(RATE, parameters.number(RATE, RATE_DEFAULT, RATE_MAX));
    int calm = atLeastOne(CALM, parameters.number(CALM, CALM_DEFAULT, CALM_MAX));
    return tried(() -> desk.start(new DrillProgress.Order(number, rate, Duration.ofSeconds(calm))));
  }

  private static int atLeastOne(String name, int number) {
    if (number < 1) {
      throw new Parameters.Wrong("A number is out of range: parameter=" + name + ", wanted=1 up");
    }
    return number;
  }

  private static Reply tried(Supplier<DrillProgress> order) {
    try {
      return Reply.ok(DrillJson.of(order.get()));
    } catch (DrillDesk.RefusedException e) {
      return Reply.problem(HttpResponseStatus.CONFLICT, String.valueOf(e.getMessage()));
    }
  }

  private Reply listen() {
    if (!desk.isEnabled()) {
      return Reply.problem(
          HttpResponseStatus.CONFLICT,
          "Drills are off on this node: grid.node.console.drills.enabled = off");
    }
    return events.orFull();
  }

  /** The same bytes as long as nothing is new. */
  private byte[] told(@Nullable DrillProgress progress) {
    if (lastTold.length == 0 || !Objects.equals(progress, lastSeen)) {
      lastSeen = progress;
      lastTold = bytes(DrillJson.orNull(progress));
    }
    return lastTold;
  }

  private static byte[] bytes(@Nullable DrillJson json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Not JSON", e);
    }
  }

  private static CompletionStage<Reply> now(Reply reply) {
    return CompletableFuture.completedStage(reply);
  }

  /** What {@code GET /drills} replies. */
  record DrillsJson(boolean enabled, List<DrillOffer> drills, @Nullable DrillJson run) {}
}
