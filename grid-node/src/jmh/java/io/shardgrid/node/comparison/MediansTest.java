package io.shardgrid.node.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MediansTest {

  private final Medians medians = new Medians();

  private static Figure figure(String name, double eachSecond) {
    return new Figure(name, eachSecond, 1.5, 20, 300, 0, 400, 0.01);
  }

  @Test
  void passesAFigureOnAsALine() {
    Figure figure = figure("get-1-threads", 123_456);
    assertThat(Figure.isLine(figure.line())).isTrue();
    assertThat(Figure.ofLine(figure.line())).isEqualTo(figure);
    assertThat(Figure.isLine("something else")).isFalse();
    assertThat(figure.csv().split(",")).hasSameSizeAs(Figure.heads().split(","));
  }

  @Test
  void takesTheMiddleOfTheRoundsAndTheRatioToTheFirstProduct() {
    for (double eachSecond : new double[] {900, 300, 600}) {
      medians.add("ours", figure("get", eachSecond));
    }
    medians.add("theirs", figure("get", 400));
    medians.add("theirs", figure("put", 100));
    List<String> table = medians.table(List.of("ours", "theirs"));
    assertThat(table)
        .hasSize(4)
        .contains("| get | 600 | 1.5 / 20.0 | 400 (x 1.50) | 1.5 / 20.0 |")
        .contains("| put | - | - | 100 | 1.5 / 20.0 |");
  }
}
