package io.shardgrid.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import io.shardgrid.architecture.HouseRules;
import io.shardgrid.architecture.Rooms;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What may use what in grid-client: of grid-core, the packages without actors and sockets. */
final class ArchitectureTest extends HouseRules {

  private static final Set<String> CORE =
      Set.of(
          "io.shardgrid.bucket",
          "io.shardgrid.ring",
          "io.shardgrid.map",
          "io.shardgrid.wire",
          "io.shardgrid.wire.resp",
          "io.shardgrid.shard",
          "io.shardgrid.placement",
          "io.shardgrid.route",
          "io.shardgrid.link",
          "io.shardgrid.tls",
          "io.shardgrid.tls.channel",
          "io.shardgrid.trace",
          "io.shardgrid.autoscale",
          "io.shardgrid.history");

  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "io.shardgrid.client.net",
          CORE,
          "io.shardgrid.client.near",
          CORE,
          "io.shardgrid.client",
          coreAnd("io.shardgrid.client.net", "io.shardgrid.client.near"),
          "io.shardgrid.client.mirror",
          coreAnd("io.shardgrid.client"));

  @Test
  void followsTheArrows() {
    check(classes().should(new Rooms(ARROWS)));
  }

  @Test
  void usesNettyInNetOnly() {
    check(onlyIn(List.of("io.shardgrid.client.net"), "io.netty.."));
  }

  @Test
  void leavesJacksonToTheCodecsOfMaps() {
    check(onlyIn(List.of(), "com.fasterxml.jackson.."));
  }

  private static Set<String> coreAnd(String... own) {
    Set<String> packages = new HashSet<>(CORE);
    packages.addAll(List.of(own));
    return Set.copyOf(packages);
  }
}
