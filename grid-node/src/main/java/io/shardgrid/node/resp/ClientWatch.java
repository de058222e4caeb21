package io.shardgrid.node.resp;

import org.jspecify.annotations.Nullable;

/**
 * When a client was heard of last, and whether it takes too long: over its first command, over one
 * command, over its replies. Confined to the connection's event loop; time is handed in.
 */
final class ClientWatch {

  /** What a client takes too long over. */
  enum Overdue {
    /** It has not said a first command, or not logged in. */
    FIRST("first-command-timeout"),
    /** It stopped in the middle of a command. */
    REST("command-timeout"),
    /** It sends a command, bit by bit. */
    WHOLE("whole-command-timeout"),
    /** It says nothing. */
    IDLE("idle-timeout"),
    /** It does not read. */
    READER("slow-reader-timeout");

    private final String key;

    Overdue(String key) {
      this.key = key;
    }

    /** The setting below {@code grid.node.resp}. */
    String key() {
      return key;
    }
  }

  private final RespSettings settings;
  private final long startNanos;
  private boolean hasCommanded;
  private boolean isMidCommand;
  private long commandSinceNanos;
  private long lastReadNanos;
  private long unwritableSinceNanos;

  ClientWatch(RespSettings settings, long nowNanos) {
    this.settings = settings;
    this.startNanos = nowNanos;
    this.lastReadNanos = nowNanos;
  }

  long ageNanos(long nowNanos) {
    return nowNanos - startNanos;
  }

  /** Bytes have come. */
  void read(long nowNanos) {
    lastReadNanos = nowNanos;
  }

  /** A command is not complete, of which something may have come. */
  void isShort(boolean hasBegun) {
    if (hasBegun && !isMidCommand) {
      isMidCommand = true;
      commandSinceNanos = lastReadNanos;
    }
  }

  /** A command was complete. */
  void commanded() {
    isMidCommand = false;
    hasCommanded = true;
  }

  /** The socket takes replies again, or no more. */
  void writabilityChanged(long nowNanos) {
    unwritableSinceNanos = nowNanos;
  }

  /**
   * What the client takes too long over, or null.
   *
   * @param isQuiet whether nothing of it is under way here
   * @param isKnown whether it has logged in, or does not need to
   */
  @Nullable Overdue overdue(long nowNanos, boolean isWritable, boolean isQuiet, boolean isKnown) {
    RespSettings.Timeouts timeouts = settings.timeouts();
    long silentNanos = nowNanos - lastReadNanos;
    if (!isWritable) {
      return nowNanos - unwritableSinceNanos > timeouts.slowReader().toNanos()
          ? Overdue.READER
          : null;
    } else if (!isQuiet) {
      return null;
    } else if (isMidCommand && silentNanos > timeouts.command().toNanos()) {
      return Overdue.REST;
    } else if (isMidCommand
        && nowNanos - commandSinceNanos > settings.guards().wholeCommand().toNanos()) {
      return Overdue.WHOLE;
    } else if ((!hasCommanded || !isKnown)
        && settings.guards().isFirstCommandLate(nowNanos - startNanos)) {
      return Overdue.FIRST;
    }
    return timeouts.idle().isPresent() && silentNanos > timeouts.idle().get().toNanos()
        ? Overdue.IDLE
        : null;
  }
}
