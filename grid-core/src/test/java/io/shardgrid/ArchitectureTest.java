package io.shardgrid;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.shardgrid.architecture.HouseRules;
import io.shardgrid.architecture.Rooms;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What may use what in grid-core. */
final class ArchitectureTest extends HouseRules {

  private static final Set<String> MACHINES =
      Set.of(
          "bucket",
          "ring",
          "map",
          "loader",
          "wire",
          "wire.resp",
          "wire.replica",
          "shard",
          "placement",
          "route",
          "link",
          "member",
          "autoscale",
          "meter",
          "history",
          "health",
          "sight",
          "trace");

  /** The arrows, by the last name of the package; {@code key} and {@code failure} need none. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("key", Set.of()),
          Map.entry("failure", Set.of()),
          Map.entry("bucket", Set.of()),
          Map.entry("ring", Set.of()),
          Map.entry("map", Set.of()),
          Map.entry("trace", Set.of()),
          Map.entry("wire", Set.of("trace")),
          Map.entry("wire.resp", Set.of()),
          Map.entry("wire.replica", Set.of("trace", "wire")),
          Map.entry("meter", Set.of("trace", "wire")),
          Map.entry("health", Set.of()),
          Map.entry("sight", Set.of("health", "wire")),
          Map.entry("loader", Set.of("map")),
          Map.entry("shard", Set.of("bucket", "loader", "meter", "sight", "wire", "wire.replica")),
          Map.entry("placement", Set.of("ring", "shard", "wire")),
          Map.entry("route", Set.of("map", "trace", "wire")),
          Map.entry("link", Set.of("wire")),
          Map.entry("member", Set.of()),
          Map.entry("autoscale", Set.of()),
          Map.entry("history", Set.of()),
          Map.entry("rule", Set.of("meter")),
          Map.entry("traces", Set.of("trace")),
          Map.entry("metrics", Set.of("autoscale", "meter", "trace", "wire")),
          Map.entry("tls", Set.of()),
          Map.entry("tls.channel", Set.of("tls")),
          Map.entry("net", Set.of("link", "tls", "tls.channel", "wire", "wire.replica")),
          Map.entry("actor", union(MACHINES, Set.of("net", "rule", "tls"))),
          Map.entry("", union(MACHINES, Set.of("net", "actor", "metrics", "rule"))));

  @Test
  void followsTheArrows() {
    check(classes().should(new Rooms(fullNames())));
  }

  @Test
  void usesJacksonInMapOnly() {
    check(
        onlyIn(List.of("io.shardgrid.map", "io.shardgrid.actor"), "com.fasterxml.jackson..")
            .because("codecs live in map"));
    check(
        noClasses()
            .that()
            .resideInAPackage("io.shardgrid.actor")
            .and()
            .haveNameNotMatching("io\\.shardgrid\\.actor\\.StrictNulls(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "com.fasterxml.jackson.core..",
                "com.fasterxml.jackson.databind..",
                "com.fasterxml.jackson.dataformat..")
            .because("control messages may carry Jackson's annotations, and nothing more"));
  }

  @Test
  void usesLz4InMapOnly() {
    check(onlyIn(List.of("io.shardgrid.map"), "net.jpountz..").because("codecs live in map"));
  }

  @Test
  void usesChicoryInRuleOnly() {
    check(
        onlyIn(List.of("io.shardgrid.rule"), "com.dylibso.chicory..")
            .because("it is optional: a grid without rules has to start without it"));
  }

  @Test
  void usesMicrometerInMetricsOnly() {
    check(
        onlyIn(List.of("io.shardgrid.metrics"), "io.micrometer..", "io.prometheus..")
            .because("both are optional: a grid without meters has to start without them"));
  }

  @Test
  void usesOpenTelemetryInTracesOnly() {
    check(
        onlyIn(List.of("io.shardgrid.traces"), "io.opentelemetry..")
            .because("it is optional: a grid that is not traced has to start without it"));
  }

  @Test
  void usesNettyBuffersWhereFramesAreMadeOnly() {
    check(
        onlyIn(
            List.of(
                "io.shardgrid.wire..",
                "io.shardgrid.link",
                "io.shardgrid.net",
                "io.shardgrid.tls.channel"),
            "io.netty.buffer..",
            "io.netty.util"));
  }

  @Test
  void usesNettyChannelsInNetAndItsTlsOnly() {
    check(
        onlyIn(
            List.of("io.shardgrid.net", "io.shardgrid.tls.channel"),
            "io.netty.bootstrap..",
            "io.netty.channel..",
            "io.netty.handler..",
            "io.netty.resolver..",
            "io.netty.util.*.."));
  }

  @Test
  void handsTimeAndChanceIntoMachines() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(fullNames(MACHINES).toArray(String[]::new))
            .and()
            .doNotHaveFullyQualifiedName("io.shardgrid.route.Call") // a caller waits in its get
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callConstructor(Random.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocalRandom.class)
            .orShould()
            .callConstructorWhere(target(owner(assignableTo(Thread.class))))
            .because("a simulation must be able to repeat every decision from its seed"));
  }

  private static Map<String, Set<String>> fullNames() {
    return ARROWS.entrySet().stream()
        .collect(
            toUnmodifiableMap(row -> fullName(row.getKey()), row -> fullNames(row.getValue())));
  }

  private static Set<String> fullNames(Set<String> names) {
    return names.stream().map(ArchitectureTest::fullName).collect(toUnmodifiableSet());
  }

  private static String fullName(String name) {
    return name.isEmpty() ? "io.shardgrid" : "io.shardgrid." + name;
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    return Stream.concat(some.stream(), others.stream()).collect(toUnmodifiableSet());
  }
}
