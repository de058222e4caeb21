package io.shardgrid.node.child;

import io.shardgrid.node.cli.ExitCode;
import java.util.Optional;

/** Ends this process when another one is gone, which need not have started it. Stateless. */
public final class ProcessWatch {

  private ProcessWatch() {}

  /** From now on the process ends with this code when that one does; at once if it has. */
  public static void begin(long leader, ExitCode code) {
    Optional<ProcessHandle> process = ProcessHandle.of(leader);
    if (process.isEmpty()) {
      end(code);
    } else {
      process.get().onExit().thenRun(() -> end(code));
    }
  }

  /** On a thread of its own: what runs this has to be free while the process ends. */
  private static void end(ExitCode code) {
    Thread end = new Thread(() -> System.exit(code.number()), "grid-leader-gone");
    end.setDaemon(true);
    end.start();
  }
}
