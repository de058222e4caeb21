package io.shardgrid.node.drill;

import io.shardgrid.node.cli.AdminPage;
import io.shardgrid.node.cli.Screen;
import java.util.Locale;

/** Hears what a drill tells while it runs. Confined to the drill's thread. */
interface Teller {

  void tell(DrillLine line);

  /** Shows it to people. */
  static Teller people(Screen screen) {
    return line -> {
      switch (line.event()) {
        case DrillLine.BEGIN -> {
          screen.line();
          screen.heading("Drill %d: %s".formatted(line.drill(), line.text()));
        }
        case DrillLine.NOTE -> {
          Double after = line.afterSeconds();
          String when = after == null ? "before" : String.format(Locale.ROOT, "%.1f s", after);
          screen.line("  %8s  %s".formatted(when, line.text()));
        }
        case DrillLine.FIGURES -> {
          DrillLine.Load load = line.figures();
          if (load != null) {
            if (line.text().equals(Phases.FIRST)) {
              screen.line(DrillLine.Load.heads());
            }
            screen.line(load.row(line.text()));
          }
        }
        case DrillLine.CHECK -> screen.check(Boolean.TRUE.equals(line.holds()), line.text());
        case DrillLine.END -> {} // told of all drills together
        default -> screen.line("  " + line.text());
      }
    };
  }

  /** Writes an object a line for programs. */
  static Teller programs(Screen screen) {
    return line -> screen.line(AdminPage.writeLine(line));
  }
}
