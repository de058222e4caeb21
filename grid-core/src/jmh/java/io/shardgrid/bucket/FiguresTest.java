package io.shardgrid.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FiguresTest {

  @Test
  void readsWhatItPrinted() {
    Figures figures = new Figures();
    figures.put("a.max", 1.0 / 3);
    figures.put("b", Long.MAX_VALUE >> 11);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    out.println("a line of something else");
    figures.print(out);
    Figures read = Figures.parse(bytes.toString(StandardCharsets.UTF_8).lines().toList());
    assertThat(read.of("a.max")).isEqualTo(1.0 / 3);
    assertThat(read.of("b")).isEqualTo((double) (Long.MAX_VALUE >> 11));
    assertThat(read.has("a")).isFalse();
  }

  @Test
  void takesTheMedianOfEachName() {
    List<Figures> runs = List.of(figures(3, 10), figures(1, 30), figures(2, 20));
    assertThat(Figures.median(runs).of("x")).isEqualTo(2);
    assertThat(Figures.median(runs).of("y")).isEqualTo(20);
    assertThat(Figures.largest(runs).of("x")).isEqualTo(3);
    assertThat(Figures.largest(runs).of("y")).isEqualTo(30);
  }

  @Test
  void takesTheMeanOfTheTwoInTheMiddle() {
    assertThat(Figures.median(4, 1, 3, 2)).isEqualTo(2.5);
    assertThat(Figures.median(7)).isEqualTo(7);
    assertThatIllegalArgumentException().isThrownBy(Figures::median);
  }

  @Test
  void saysWhatIsMissing() {
    assertThatIllegalStateException()
        .isThrownBy(() -> figures(1, 2).of("z"))
        .withMessageContaining("name=z");
  }

  private static Figures figures(double x, double y) {
    Figures figures = new Figures();
    figures.put("x", x);
    figures.put("y", y);
    return figures;
  }
}
