package io.shardgrid.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

final class ScreenTest {

  @Test
  void hasColoursOnATerminalOnly() {
    assertThat(checkWritten(Ansi.ON)).contains("\u001b[");
    assertThat(checkWritten(Ansi.OFF).strip()).isEqualTo("ok   all is well");
  }

  @Test
  void showsSizesWithAUnitThatSuitsThem() {
    assertThat(Screen.bytes(0)).isEqualTo("0 B");
    assertThat(Screen.bytes(1023)).isEqualTo("1023 B");
    assertThat(Screen.bytes(1536)).isEqualTo("1.5 KiB");
    assertThat(Screen.bytes(8 << 20)).isEqualTo("8.0 MiB");
    assertThat(Screen.bytes(5L << 30)).isEqualTo("5.00 GiB");
    assertThat(Screen.grouped(135_233)).isEqualTo("135,233");
  }

  private static String checkWritten(Ansi ansi) {
    StringWriter written = new StringWriter();
    new Screen(new PrintWriter(written, true), ansi).check(true, "all is well");
    return written.toString();
  }
}
