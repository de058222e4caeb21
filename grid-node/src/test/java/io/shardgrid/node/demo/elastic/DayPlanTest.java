package io.shardgrid.node.demo.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DayPlanTest {

  private static Config told(Duration day) {
    Path directory = Path.of("/tmp/a \"b\"\\c");
    return ConfigFactory.parseString(
        new DayPlan(day).hocon(directory, List.of("/java", "-jar", "x y.jar"), 4_711));
  }

  @Test
  void tellsNodesWhereToStartOthersAndHow() {
    Config local = told(Duration.ofMinutes(3)).getConfig("grid.node.provision.local");
    assertThat(local.getString("directory")).isEqualTo("/tmp/a \"b\"\\c");
    assertThat(local.getStringList("command")).containsExactly("/java", "-jar", "x y.jar");
    assertThat(local.getStringList("extra-arguments"))
        .containsExactly("--stop-with-process", "4711");
  }

  @Test
  void followsOperationsAlone() {
    Config autoscale = told(Duration.ofMinutes(3)).getConfig("grid.autoscale");
    assertThat(autoscale.getString("mode")).isEqualTo("act");
    assertThat(autoscale.getInt("metrics.operations.target")).isEqualTo(800);
    assertThat(autoscale.getString("metrics.cpu.source")).isEqualTo("off");
    assertThat(autoscale.getString("metrics.memory.source")).isEqualTo("off");
  }

  @Test
  void hasWindowsThatFitTheDay() {
    assertThat(told(Duration.ofMinutes(3)).getDuration("grid.autoscale.down.stabilization"))
        .isEqualTo(Duration.ofSeconds(12));
    assertThat(told(Duration.ofSeconds(30)).getDuration("grid.autoscale.warm-up"))
        .isEqualTo(Duration.ofSeconds(3));
    assertThat(told(Duration.ofHours(24)).getDuration("grid.autoscale.warm-up"))
        .isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void needsFiveNodesAtNoonAndThreeAtNight() {
    double tolerance = 1.1;
    assertThat(DayPlan.PEAK).isGreaterThan((int) (4 * DayPlan.TARGET_EACH * tolerance));
    assertThat(DayPlan.PEAK).isLessThanOrEqualTo(5 * DayPlan.TARGET_EACH);
    assertThat(DayPlan.NIGHT).isLessThan(2 * DayPlan.TARGET_EACH);
  }
}
