package io.shardgrid.node.drill;

import io.shardgrid.node.child.NodeLaunch;
import io.shardgrid.node.cli.AdminPage;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.drill.DrillProgress.Order;
import io.shardgrid.node.drill.DrillProgress.State;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts drills for operators of a running node, one at a time, each with its nodes in processes of
 * their own: {@code drill run} as from a terminal. They know nothing of the running cluster.
 *
 * <p>A drill finds its standard input closed when it is stopped, or when this process is gone,
 * however that ended; it then kills its nodes and ends.
 *
 * <p>Thread-safe; {@link #start} and {@link #stop} do not wait.
 */
public final class DrillDesk implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DrillDesk.class);
  private static final Duration STOP_MAX = Duration.ofSeconds(60);

  private final DrillSettings settings;
  private final Function<Order, List<String>> command;
  private final Clock clock;
  private final Deque<DrillLine> lines = new ArrayDeque<>();
  private int linesLeftOff;
  private @Nullable Order order;
  private Instant startedAt = Instant.EPOCH;
  private @Nullable Instant endedAt;
  private State state = State.STOPPED;
  private String text = "";
  private @Nullable Process process;
  private @Nullable DrillProgress shown;
  private CompletableFuture<DrillProgress> end = new CompletableFuture<>();
  private boolean isClosed;

  /** What is not done now, and why. */
  public static final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  /** A desk for this program's drills. */
  public DrillDesk(DrillSettings settings, Clock clock) {
    this(settings, clock, order -> commandOf(order, settings.heap()));
  }

  /**
   * A desk that starts drills otherwise.
   *
   * @param command what runs a drill, and tells of it a {@link DrillLine} a line; may block
   */
  DrillDesk(DrillSettings settings, Clock clock, Function<Order, List<String>> command) {
    this.settings = settings;
    this.clock = clock;
    this.command = command;
  }

  private static List<String> commandOf(Order order, String heap) {
    return NodeLaunch.ofThisProgram(heap)
        .command(
            List.of(
                "drill",
                "run",
                Integer.toString(order.number()),
                "--rate",
                Integer.toString(order.rate()),
                "--calm",
                order.calm().toSeconds() + "s",
                "--json",
                "--stop-with-stdin"));
  }

  /** Whether drills can be started here. */
  public boolean isEnabled() {
    return settings.isEnabled();
  }

  /**
   * Starts one.
   *
   * @throws RefusedException if another one runs, or none may
   */
  public synchronized DrillProgress start(Order wanted) {
    requireOpen();
    if (order != null && state.isUnderWay()) {
      throw new RefusedException(
          "A drill runs already, one at a time is allowed: number=" + order.number());
    }
    order = wanted;
    startedAt = clock.instant();
    endedAt = null;
    state = State.RUNNING;
    text = "";
    lines.clear();
    linesLeftOff = 0;
    shown = null;
    end = new CompletableFuture<>();
    LOG.info("A drill begins: number={}, rate={}", wanted.number(), wanted.rate());
    Thread thread = new Thread(() -> run(wanted), "grid-drill");
    thread.setDaemon(true);
    thread.start();
    return snapshot(wanted);
  }

  private void requireOpen() {
    if (!settings.isEnabled()) {
      throw new RefusedException(
          "Drills are off on this node: grid.node.console.drills.enabled = off");
    }
    if (isClosed) {
      throw new RefusedException("The node is about to stop");
    }
  }

  /**
   * Stops the one that runs.
   *
   * @throws RefusedException if none does
   */
  public synchronized DrillProgress stop() {
    requireOpen();
    Order known = order;
    if (known == null || !state.isUnderWay()) {
      throw new RefusedException("No drill runs");
    }
    stopping("");
    return snapshot(known);
  }

  /** How the last one goes, or has gone; null if there was none. The same object if nothing new. */
  public synchronized @Nullable DrillProgress progress() {
    Order known = order;
    return known == null ? null : snapshot(known);
  }

  /** How the one that was started last has gone, when it is over. */
  synchronized CompletionStage<DrillProgress> end() {
    return end.minimalCompletionStage();
  }

  private synchronized DrillProgress snapshot(Order known) {
    DrillProgress made = shown;
    if (made == null) {
      made =
          new DrillProgress(
              known, startedAt, endedAt, state, text, new ArrayList<>(lines), linesLeftOff);
      shown = made;
    }
    return made;
  }

  /** The end of the drill's standard input is the word to stop. */
  private synchronized void stopping(String why) {
    state = State.STOPPING;
    text = why;
    shown = null;
    Process known = process;
    if (known == null) {
      return; // Not started yet: it is stopped as soon as it is.
    }
    try {
      known.getOutputStream().close();
    } catch (IOException e) {
      LOG.debug("The drill has ended already", e);
    }
    known
        .onExit()
        .orTimeout(STOP_MAX.toSeconds(), TimeUnit.SECONDS)
        .exceptionally(failure -> known.destroyForcibly());
  }

  private void run(Order wanted) {
    try {
      Process child = begin(wanted);
      child
          .onExit()
          .orTimeout(settings.timeMax().toMillis(), TimeUnit.MILLISECONDS)
          .exceptionally(failure -> tooLong(child));
      String last = read(child);
      ended(child.waitFor(), last);
    } catch (IOException | CommandException e) {
      broken(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      broken("Interrupted");
    }
  }

  private Process begin(Order wanted) throws IOException {
    Process child = new ProcessBuilder(command.apply(wanted)).redirectErrorStream(true).start();
    synchronized (this) {
      process = child;
      if (state == State.STOPPING) {
        stopping(text);
      }
    }
    return child;
  }

  private synchronized Process tooLong(Process child) {
    if (child.equals(process) && state == State.RUNNING) {
      stopping("It took longer than grid.node.console.drills.time-max = " + settings.timeMax());
    }
    return child;
  }

  /** Takes up what the drill tells until it ends; the last line that was no event. */
  private String read(Process child) throws IOException {
    String other = "";
    try (BufferedReader reader = child.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("{")) {
          told(AdminPage.parse(line, DrillLine.class));
        } else if (!line.isBlank()) {
          other = line;
        }
      }
    }
    return other;
  }

  private synchronized void told(DrillLine line) {
    lines.addLast(line);
    if (lines.size() > settings.linesMax()) {
      lines.removeFirst();
      linesLeftOff++;
    }
    shown = null;
  }

  private synchronized void ended(int code, String last) {
    boolean hasVerdict =
        lines.stream().anyMatch(line -> line.event().equals(DrillLine.END))
            && (code == ExitCode.OK.number() || code == ExitCode.FAILED.number());
    if (state == State.STOPPING) {
      over(State.STOPPED, text);
    } else if (hasVerdict) {
      over(code == ExitCode.OK.number() ? State.HELD : State.FAILED, "");
    } else {
      over(State.BROKEN, "It ended with code " + code + ": " + last);
    }
  }

  private synchronized void broken(String why) {
    Process known = process;
    if (known != null) {
      known.destroyForcibly();
    }
    over(State.BROKEN, why);
  }

  private synchronized void over(State newState, String why) {
    state = newState;
    text = why;
    endedAt = clock.instant();
    process = null;
    shown = null;
    Order known = order;
    if (known != null) {
      LOG.info("The drill has ended: number={}, state={}, {}", known.number(), newState, why);
      end.complete(snapshot(known));
    }
  }

  /** Stops what runs, and does not wait for its end. */
  @Override
  public synchronized void close() {
    isClosed = true;
    if (order != null && state.isUnderWay()) {
      stopping("The node stops");
    }
  }
}
