package io.shardgrid.node.cli;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Shows something again and again, over what it has shown before. Confined to its thread. */
final class Refresh {

  private static final String CLEAR = "\u001b[H\u001b[2J";

  private final Screen screen;
  private final Duration interval;
  private final BooleanSupplier isMore;

  /**
   * Begins with nothing.
   *
   * @param isMore whether it is to be shown once more
   */
  Refresh(Screen screen, Duration interval, BooleanSupplier isMore) {
    this.screen = screen;
    this.interval = interval;
    this.isMore = isMore;
  }

  /**
   * Shows what is handed over, until there is no more; a failure of the node is shown too, and it
   * is asked again.
   */
  void show(Supplier<List<String>> lines) {
    while (isMore.getAsBoolean()) {
      List<String> shown;
      try {
        shown = lines.get();
      } catch (CommandException e) {
        if (e.exitCode() != ExitCode.FAILED) {
          throw e;
        }
        shown = List.of("error: " + e.getMessage());
      }
      if (screen.isTerminal()) {
        screen.write(CLEAR);
      }
      shown.forEach(screen::line);
      if (!screen.isTerminal()) {
        screen.line();
      }
      Waiting.linger(interval);
    }
  }
}
