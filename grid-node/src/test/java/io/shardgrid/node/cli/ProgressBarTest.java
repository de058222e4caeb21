package io.shardgrid.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

final class ProgressBarTest {

  private final StringWriter written = new StringWriter();
  private long nowNanos = 5_000_000_000L;

  @Test
  void writesALineForEachQuarterWhereNothingCanBeWrittenOver() {
    ProgressBar bar = bar(Ansi.OFF);
    for (int done = 0; done <= 1000; done += 10) {
      nowNanos += 10_000_000;
      bar.update(done);
    }
    bar.finish(1000);

    assertThat(written.toString().lines())
        .containsExactly(
            "  loading    [########------------------------]  25 %  250 of 1,000  0.3 s",
            "  loading    [################----------------]  50 %  500 of 1,000  0.5 s",
            "  loading    [########################--------]  75 %  750 of 1,000  0.8 s",
            "  loading    [################################] 100 %  1,000 of 1,000  1.0 s");
  }

  @Test
  void writesOverOneLineOnATerminalAndNotTooOften() {
    ProgressBar bar = bar(Ansi.ON);
    bar.update(1);
    bar.update(2);
    nowNanos += 100_000_000;
    bar.update(3);
    bar.finish(1000);

    assertThat(written.toString())
        .containsOnlyOnce(System.lineSeparator())
        .contains(" 1 of 1,000", " 3 of 1,000");
    assertThat(written.toString()).doesNotContain(" 2 of 1,000").contains("\r\u001b[K");
  }

  @Test
  void isCompleteWhenThereIsNothingToDo() {
    new ProgressBar(screen(Ansi.OFF), "loading", 0, () -> nowNanos).finish(0);

    assertThat(written.toString()).contains("100 %  0 of 0");
  }

  private ProgressBar bar(Ansi ansi) {
    return new ProgressBar(screen(ansi), "loading", 1000, () -> nowNanos);
  }

  private Screen screen(Ansi ansi) {
    return new Screen(new PrintWriter(written, true), ansi);
  }
}
