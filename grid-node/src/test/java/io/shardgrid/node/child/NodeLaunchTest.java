package io.shardgrid.node.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NodeLaunchTest {

  @Test
  void startsTheSameJavaWithTheSameProgram() {
    List<String> command = NodeLaunch.ofThisProgram("1g").command(List.of("start", "--name", "a"));

    assertThat(command.get(0)).startsWith(System.getProperty("java.home"));
    assertThat(command.get(1)).isEqualTo("-Xmx1g");
    assertThat(command).endsWith("io.shardgrid.node.Main", "start", "--name", "a");
    assertThat(command.contains("--sun-misc-unsafe-memory-access=allow"))
        .isEqualTo(Runtime.version().feature() >= 24);
  }

  @Test
  void takesFurtherOptionsOfJavaBeforeTheProgram() {
    NodeLaunch launch = new NodeLaunch(List.of("java", "-Xmx1g", "-jar", "a.jar"));
    assertThat(launch.with(List.of("-XX:+UseSerialGC")).command(List.of("start")))
        .containsExactly("java", "-XX:+UseSerialGC", "-Xmx1g", "-jar", "a.jar", "start");
  }
}
