package io.shardgrid.fuzz;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What the fuzz tests of the modules have in common. Stateless. */
public final class Fuzzing {

  private static final String REPLAY = "grid.fuzz.replay";
  private static final String TARGET = "grid.fuzz.target";

  /** How much longer than its budget a target may take until it is called stuck. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private Fuzzing() {}

  /**
   * Fuzzes a target in the form that the system properties ask for, and fails if something is
   * found, or if one input takes no end in code that is not counted.
   *
   * @param executions inputs of the short form
   */
  public static void fuzz(String type, long executions) throws Exception {
    String only = System.getProperty(TARGET, "");
    assumeTrue(only.isEmpty() || type.endsWith("." + only), "another target is wanted");
    FuzzBudget budget = FuzzBudget.ofProperties(executions);
    @Nullable String replay = System.getProperty(REPLAY);
    CompletableFuture<FuzzReport> report = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try (FuzzRun run = FuzzRun.of(type, budget)) {
                if (replay != null) {
                  run.replay(Files.readAllBytes(Path.of(replay)));
                }
                report.complete(replay == null ? run.run() : none(type));
              } catch (Throwable thrown) {
                report.completeExceptionally(thrown);
              }
            },
            "fuzz");
    thread.setDaemon(true);
    thread.start();
    try {
      Duration patience = PATIENCE.plus(budget.time().orElse(Duration.ZERO));
      FuzzReport made = report.get(patience.toSeconds(), TimeUnit.SECONDS);
      System.out.println(made);
      made.requireNoFindings();
    } catch (TimeoutException e) {
      AssertionError stuck = new AssertionError("stuck: target=" + type + ", " + budget, e);
      stuck.setStackTrace(thread.getStackTrace());
      throw stuck;
    } catch (ExecutionException e) {
      throw new AssertionError("target=" + type + ", " + budget, e.getCause());
    }
  }

  private static FuzzReport none(String type) {
    return new FuzzReport(type, 0, 1, 0, 0, 0, 0, java.util.List.of());
  }
}
