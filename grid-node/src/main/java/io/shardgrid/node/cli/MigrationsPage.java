package io.shardgrid.node.cli;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a node's {@code /migrations} page says. Immutable. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record MigrationsPage(boolean paused, Totals totals, List<Move> moves, List<Pace> paces) {

  public MigrationsPage {
    moves = List.copyOf(moves);
    paces = List.copyOf(paces);
  }

  /** Sums. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Totals(
      int waiting,
      int running,
      int cancelled,
      long done,
      long aborted,
      long bytesLeft,
      long bytesPerSecond,
      @Nullable Long etaMillis) {}

  /** One move. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Move(
      int shard,
      String kind,
      @Nullable String source,
      String target,
      String state,
      String reason,
      long bytesDone,
      long bytesLeft,
      long bytesPerSecond,
      @Nullable Long etaMillis,
      @Nullable Long pauseMicros,
      String digest) {

    /** Whether it is under way no more. */
    public boolean hasEnded() {
      return state.equals("DONE") || state.equals("ABORTED");
    }
  }

  /** What a member may send of copies in a second. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Pace(String node, long bytesPerSecond) {}

  /**
   * Asks a node.
   *
   * @param node address of its HTTP server, host:port
   * @throws CommandException when it does not answer
   */
  public static MigrationsPage fetch(String node) {
    return parse(AdminPage.get(node, "/migrations"));
  }

  static MigrationsPage parse(String text) {
    return AdminPage.parse(text, MigrationsPage.class);
  }

  /** Whether nothing moves and nothing waits to. */
  public boolean isAtRest() {
    return totals.running() == 0 && totals.waiting() == 0;
  }

  /** The sums, for people. */
  String summary() {
    String cancelled =
        totals.cancelled() == 0 ? "" : " (%d cancelled)".formatted(totals.cancelled());
    return "%s%d running, %d waiting%s, %d done, %d aborted; left %s, at %s/s, %s"
        .formatted(
            paused ? "PAUSED; " : "",
            totals.running(),
            totals.waiting(),
            cancelled,
            totals.done(),
            totals.aborted(),
            Screen.bytes(totals.bytesLeft()),
            Screen.bytes(totals.bytesPerSecond()),
            eta(totals.etaMillis()));
  }

  /** What members may send, for people. */
  String paceLine() {
    List<String> texts = new ArrayList<>();
    paces.forEach(one -> texts.add(one.node() + " " + Screen.bytes(one.bytesPerSecond()) + "/s"));
    return "Copies may take: " + String.join(", ", texts);
  }

  /**
   * A table for people: a heading, then a line a move.
   *
   * @param endedMax so many of those that have ended
   */
  List<String> table(int endedMax) {
    List<String> table = new ArrayList<>();
    table.add(
        row(
            "SHARD", "KIND", "SOURCE", "TARGET", "STATE", "SENT", "LEFT", "RATE", "ETA", "PAUSE",
            "DIGEST"));
    int ended = 0;
    for (Move move : moves) {
      ended += move.hasEnded() ? 1 : 0;
      if (!move.hasEnded() || ended <= endedMax) {
        table.add(line(move));
      }
    }
    return table;
  }

  private static String line(Move move) {
    return row(
        move.shard(),
        move.kind(),
        move.source() == null ? "-" : move.source(),
        move.target(),
        move.state(),
        Screen.bytes(move.bytesDone()),
        move.hasEnded() ? "-" : Screen.bytes(move.bytesLeft()),
        move.hasEnded() ? "-" : Screen.bytes(move.bytesPerSecond()) + "/s",
        move.hasEnded() ? "-" : eta(move.etaMillis()),
        pause(move.pauseMicros()),
        move.reason().isEmpty() ? move.digest() : move.digest() + "; " + move.reason());
  }

  private static String pause(@Nullable Long micros) {
    return micros == null ? "-" : String.format(Locale.ROOT, "%.1f ms", micros / 1e3);
  }

  private static String eta(@Nullable Long millis) {
    if (millis == null) {
      return "?";
    }
    long seconds = (millis + 999) / 1_000;
    return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
  }

  private static String row(Object... cells) {
    return String.format(
            Locale.ROOT, "%5s  %-7s  %-10s  %-10s  %-9s %10s %10s %12s %6s %8s  %s", cells)
        .stripTrailing();
  }
}
