package io.shardgrid.link;

/**
 * Decides at each beat (one ping interval) what keeps a link alive. Not thread-safe.
 *
 * <p>Silence is counted in beats and not by a clock, so that a process that was paused itself does
 * not take its own absence for the other's silence.
 */
public final class Pulse {

  /** What a beat asks for. */
  public enum Beat {
    /** Nothing: there is traffic. */
    REST,
    /** A ping is to be sent. */
    PING,
    /** The other end has been silent for too long: the connection is to be closed. */
    CLOSE
  }

  private final int silentBeatsMax;
  private int silentBeats;
  private boolean hasHeard;
  private boolean hasSent;

  /** A pulse with the interval and the bound of these settings. */
  public Pulse(LinkSettings settings) {
    long interval = settings.pingInterval().toNanos();
    this.silentBeatsMax = (int) ((settings.silenceMax().toNanos() + interval - 1) / interval);
  }

  /** Something was read. */
  public void heard() {
    hasHeard = true;
  }

  /** Something was written. */
  public void sent() {
    hasSent = true;
  }

  /** The next interval has passed. */
  public Beat beat() {
    silentBeats = hasHeard ? 0 : silentBeats + 1;
    boolean isIdle = !hasHeard || !hasSent;
    hasHeard = false;
    hasSent = false;
    if (silentBeats >= silentBeatsMax) {
      return Beat.CLOSE;
    }
    return isIdle ? Beat.PING : Beat.REST;
  }
}
