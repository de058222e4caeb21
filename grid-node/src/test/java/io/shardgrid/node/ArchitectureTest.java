package io.shardgrid.node;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import io.shardgrid.architecture.HouseRules;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What may use what in grid-node. It may use all of grid-core and grid-client. */
final class ArchitectureTest extends HouseRules {

  @Test
  void usesNettyWhereBytesComeAndGoOnly() {
    check(
        onlyIn(
            List.of(
                "io.shardgrid.node.resp", "io.shardgrid.node.admin", "io.shardgrid.node.network"),
            "io.netty.."));
  }

  @Test
  void usesMicrometerInTelemetryOnly() {
    check(onlyIn(List.of("io.shardgrid.node.telemetry"), "io.micrometer..", "io.prometheus.."));
  }

  @Test
  void usesPoolsOfConnectionsInStoreOnly() {
    check(onlyIn(List.of("io.shardgrid.node.store"), "com.zaxxer.."));
  }

  @Test
  void usesLogbackInTelemetryOnly() {
    check(onlyIn(List.of("io.shardgrid.node.telemetry"), "ch.qos.logback.."));
  }

  @Test
  void computesHashesOfPasswordsInSecurityOnly() {
    check(onlyIn(List.of("io.shardgrid.node.security"), "com.password4j.."));
  }

  @Test
  void decidesWhoMayDoWhatWithoutTheServers() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.shardgrid.node.security")
            .should()
            .dependOnClassesThat(
                resideInAPackage("io.shardgrid.node..")
                    .and(resideOutsideOfPackages("io.shardgrid.node.security"))));
  }

  @Test
  void measuresTheGridThroughItsAccessOnly() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.shardgrid.node.telemetry")
            .should()
            .dependOnClassesThat(
                resideInAPackage("io.shardgrid.node..")
                    .and(
                        resideOutsideOfPackages(
                            "io.shardgrid.node.telemetry", "io.shardgrid.node.access"))));
  }

  @Test
  void usesJacksonWhereJsonLeavesTheNodeOnly() {
    check(
        onlyIn(
            List.of(
                "io.shardgrid.node.admin",
                "io.shardgrid.node.autoscale",
                "io.shardgrid.node.backup",
                "io.shardgrid.node.cli",
                "io.shardgrid.node.telemetry",
                "io.shardgrid.node.provision",
                "io.shardgrid.node.rule",
                "io.shardgrid.node.store",
                "io.shardgrid.node.security"),
            "com.fasterxml.jackson.."));
  }
}
