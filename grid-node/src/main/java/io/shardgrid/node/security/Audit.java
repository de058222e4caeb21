package io.shardgrid.node.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log: what operators did, and what was refused to whom, one JSON object a line, to the
 * logger {@value #LOGGER}. Never a password, a key or a value. Thread-safe.
 *
 * <p>Refusals are bounded in rate, apart from all else, so that whoever causes them cannot hide
 * what others do; how many were left out is said with the next one.
 */
public final class Audit {

  /** The name of the logger. */
  public static final String LOGGER = "audit";

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CHARS_MAX = 128;

  private final Clock clock;
  private final AccessCounters counters;
  private final RateLimit refusals;
  private final RateLimit actions;
  private long leftOut;

  /** A log with so many lines a second of refusals, and as many of all else. */
  Audit(Clock clock, AccessCounters counters, int linesPerSecond, int burst) {
    this.clock = clock;
    this.counters = counters;
    this.refusals = new RateLimit(linesPerSecond, burst, System.nanoTime());
    this.actions = new RateLimit(linesPerSecond, burst, System.nanoTime());
  }

  /** Somebody did what operators do, or it was tried. */
  public void acted(Caller who, String what, String outcome) {
    write(actions, line("action", who, what, outcome));
  }

  /** Something was refused because of who wanted it. */
  public void refused(Caller who, String what, String why) {
    write(refusals, line("refusal", who, what, why));
  }

  /** The node itself did something about access. */
  void changed(String what, String outcome) {
    write(actions, line("change", new Caller("", ""), what, outcome));
  }

  private Map<String, Object> line(String kind, Caller who, String what, String outcome) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("at", clock.instant().toString());
    line.put("audit", kind);
    line.put("who", shortened(who.name()));
    line.put("from", who.from());
    line.put("what", shortened(what));
    line.put("outcome", shortened(outcome));
    return line;
  }

  private synchronized void write(RateLimit limit, Map<String, Object> line) {
    if (!limit.tryTake(System.nanoTime())) {
      counters.unlogged.increment();
      leftOut++;
      return;
    }
    if (leftOut > 0) {
      line.put("leftOut", leftOut);
      leftOut = 0;
    }
    try {
      LOG.info("{}", JSON.writeValueAsString(line));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts and numbers are JSON", e);
    }
  }

  private static String shortened(String text) {
    return text.length() <= CHARS_MAX ? text : text.substring(0, CHARS_MAX) + "...";
  }
}
