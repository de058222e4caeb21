package io.shardgrid.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ReportSectionTest {

  @Test
  void rendersTheCommandAboveTheTable() {
    MarkdownTable table = new MarkdownTable("map", "max").row("A<B|C>", Amounts.nanos(1_234_000));
    ReportSection section = new ReportSection("Title", "run it", List.of("A note."), table);
    assertThat(section.render())
        .isEqualTo(
            """
            ### Title

            A note.

            ```
            run it
            ```

            | map | max |
            | --- | ---: |
            | A<B\\|C> | 1.23 ms |
            """);
  }

  @Test
  void refusesARowThatDoesNotFit() {
    assertThatIllegalArgumentException().isThrownBy(() -> new MarkdownTable("a", "b").row("1"));
  }

  @Test
  void namesTheMainClassInACommand() {
    assertThat(ReportSection.command(Amounts.class, List.of("--rounds=1", "--entries=2")))
        .endsWith("-Djmh.main=io.shardgrid.figures.Amounts -Djmh.args=\"--rounds=1 --entries=2\"");
  }
}
