package io.shardgrid.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

final class RefreshTest {

  private final StringWriter out = new StringWriter();

  private Refresh refresh(Ansi ansi, int times) {
    Iterator<Integer> left = java.util.stream.IntStream.range(0, times).iterator();
    return new Refresh(
        new Screen(new PrintWriter(out), ansi),
        Duration.ofNanos(1),
        () -> {
          boolean isMore = left.hasNext();
          if (isMore) {
            left.next();
          }
          return isMore;
        });
  }

  @Test
  void writesOverWhatItHasShownOnATerminal() {
    refresh(Ansi.ON, 2).show(() -> List.of("one"));
    assertThat(out.toString()).isEqualTo("\u001b[H\u001b[2Jone\n\u001b[H\u001b[2Jone\n");
  }

  @Test
  void leavesALineBetweenElsewhere() {
    refresh(Ansi.OFF, 2).show(() -> List.of("one", "two"));
    assertThat(out.toString()).isEqualTo("one\ntwo\n\none\ntwo\n\n");
  }

  @Test
  void goesOnWhenTheNodeDoesNotAnswer() {
    int[] asked = {0};
    refresh(Ansi.OFF, 2)
        .show(
            () -> {
              if (asked[0]++ == 0) {
                throw new CommandException(ExitCode.FAILED, "No node answers");
              }
              return List.of("back");
            });
    assertThat(out.toString()).isEqualTo("error: No node answers\n\nback\n\n");
  }

  @Test
  void endsWhenItsQuestionMakesNoSense() {
    assertThatThrownBy(
            () ->
                refresh(Ansi.OFF, 2)
                    .show(
                        () -> {
                          throw new CommandException(ExitCode.USAGE, "--node: is no host:port");
                        }))
        .isInstanceOf(CommandException.class);
  }
}
