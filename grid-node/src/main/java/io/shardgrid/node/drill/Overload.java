package io.shardgrid.node.drill;

import io.shardgrid.client.ClientSettings;
import io.shardgrid.client.GridClient;
import io.shardgrid.failure.GridOverloadedException;
import io.shardgrid.failure.GridTimeoutException;
import io.shardgrid.failure.OutcomeUnknownException;
import io.shardgrid.map.Codecs;
import io.shardgrid.node.child.NodeChild;
import io.shardgrid.node.cli.NodeAddresses;
import io.shardgrid.node.cli.Screen;
import io.shardgrid.node.cli.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Four times as many writes come as the nodes can do. What is too much is told as such or ends by
 * its deadline; nothing breaks, and afterwards all is as before.
 */
final class Overload implements Drill {

  private static final Duration MEASURE = Duration.ofSeconds(4);
  private static final Duration POUR = Duration.ofSeconds(8);
  private static final Duration RECOVERY = Duration.ofSeconds(5);
  private static final int FACTOR = 4;
  private static final int VALUE_BYTES = 256;
  private static final int IN_FLIGHT = 256;

  /** How long the load is watched then, and the p99 that it has to stay below. */
  private static final Duration CALM_AGAIN = Duration.ofSeconds(1);

  private static final Set<String> ENDS =
      Set.of(
          "done",
          GridOverloadedException.class.getSimpleName(),
          GridTimeoutException.class.getSimpleName(),
          OutcomeUnknownException.class.getSimpleName());

  @Override
  public int number() {
    return 15;
  }

  @Override
  public String title() {
    return "overload: 4 x as many writes as the nodes can do";
  }

  @Override
  public String proves() {
    return "What is too much is refused or ends by its deadline; no node breaks, and afterwards all"
        + " is as before.";
  }

  @Override
  public Setup setup() {
    return new Setup(3, 1, "grid.maps.flood { eviction = lru, bytes-max = 32 MiB }\n", 0);
  }

  @Override
  public void strike(Scene scene) {
    try (GridClient client = connect(scene)) {
      Flood flood = new Flood(client.map("flood", Codecs.string(), Codecs.bytes()), VALUE_BYTES);
      double capacity = flood.writeFor(MEASURE.toNanos(), IN_FLIGHT);
      Flood poured = new Flood(client.map("flood", Codecs.string(), Codecs.bytes()), VALUE_BYTES);
      scene.struck(
          "capacity %s writes/s; %d x as many are sent"
              .formatted(Screen.grouped(Math.round(capacity)), FACTOR));
      boolean isEnded = poured.pour(POUR.toNanos(), FACTOR * capacity);
      scene.note("poured: " + poured.ends());
      scene.demand(
          isEnded && ENDS.containsAll(poured.ends().keySet()),
          "every write was done, refused or ended by its deadline: " + poured.ends());
      scene.demand(
          poured.ends().size() > 1 && poured.done() > 0, "some were done, and some were too much");
    }
    int nodes = scene.serving().size();
    scene.demand(nodes == setup().nodes(), "nodes that still run: " + nodes);
    Waiting.linger(RECOVERY);
    long fromNanos = System.nanoTime();
    Waiting.linger(CALM_AGAIN);
    Figures calm = Figures.of(scene.load().samples(), fromNanos, System.nanoTime());
    scene.demand(
        calm.operations() > 0 && calm.percentileNanos(99) < CALM_AGAIN.toNanos(),
        "%s later p99 is %.1f ms"
            .formatted(Scene.seconds(RECOVERY.toNanos()), calm.percentileNanos(99) / 1e6));
    scene.awaitWhole(setup().nodes());
  }

  private static GridClient connect(Scene scene) {
    List<String> seeds =
        scene.serving().stream()
            .map(NodeChild::serving)
            .flatMap(Optional::stream)
            .map(NodeAddresses::resp)
            .toList();
    return GridClient.connect(ClientSettings.load().withSeeds(seeds));
  }
}
