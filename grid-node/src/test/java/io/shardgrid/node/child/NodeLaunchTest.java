package io.shardgrid.node.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NodeLaunchTest {

  @Test
  void startsTheSameJavaWithTheSameProgram() {
    List<String> command = NodeLaunch.ofThisProgram("1g").command(List.of("start", "--name", "a"));

    assertThat(command.get(0)).startsWith(System.getProperty("java.home"));
    assertThat(command).contains("-Xmx1g");
    assertThat(command).endsWith("io.shardgrid.node.Main", "start", "--name", "a");
    assertThat(command.contains("--sun-misc-unsafe-memory-access=allow"))
        .isEqualTo(Runtime.version().feature() >= 24);
  }

  @Test
  void passesSwitchesAndNumbersOnAndNoFiles() {
    assertThat(
            NodeLaunch.passedOn(
                List.of(
                    "-XX:+UseZGC",
                    "-XX:-UsePerfData",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:MaxDirectMemorySize=64m",
                    "-XX:StartFlightRecording=filename=a.jfr",
                    "-XX:HeapDumpPath=/tmp",
                    "-XX:OnOutOfMemoryError=kill",
                    "-Xmx4g",
                    "-Dkey=1",
                    "-agentlib:jdwp")))
        .containsExactly(
            "-XX:+UseZGC",
            "-XX:-UsePerfData",
            "-XX:TieredStopAtLevel=1",
            "-XX:MaxDirectMemorySize=64m");
  }

  @Test
  void takesFurtherOptionsOfJavaBeforeTheProgram() {
    NodeLaunch launch = new NodeLaunch(List.of("java", "-Xmx1g", "-jar", "a.jar"));
    assertThat(launch.with(List.of("-XX:+UseSerialGC")).command(List.of("start")))
        .containsExactly("java", "-XX:+UseSerialGC", "-Xmx1g", "-jar", "a.jar", "start");
  }
}
