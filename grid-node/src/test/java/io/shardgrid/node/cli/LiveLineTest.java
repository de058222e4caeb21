package io.shardgrid.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

final class LiveLineTest {

  private final StringWriter written = new StringWriter();
  private long nowNanos = 5;

  private LiveLine line(Ansi ansi) {
    Screen screen = new Screen(new PrintWriter(written, true), ansi);
    return new LiveLine(screen, Duration.ofSeconds(1), () -> nowNanos);
  }

  @Test
  void writesALineNowAndThenWhereNothingCanBeWrittenOver() {
    LiveLine line = line(Ansi.OFF);
    line.update("one");
    nowNanos += 999_999_999;
    line.update("two");
    line.note("news");
    nowNanos += 1;
    line.update("three");
    line.end();
    assertThat(written.toString().lines()).containsExactly("one", "news", "three");
  }

  @Test
  void writesOverItsLineOnATerminal() {
    LiveLine line = line(Ansi.ON);
    line.update("one");
    line.note("news");
    line.update("two");
    line.end();
    line.end();
    assertThat(written.toString().replace("\r\u001b[K", "|").lines())
        .containsExactly("|one|news", "|two");
  }
}
