package io.shardgrid.client.mirror;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether the comparison finds what it is to find. Immutable.
 *
 * @param kinds what became of the mismatches that were made, by kind
 * @param isLatencySeen whether the test of times calls production's own times slow when they are
 *     doubled; true also while there are too few
 * @param least how many of every kind that the traffic allows have to be reported at least
 */
public record SelfTestReport(Map<Mismatch, Kind> kinds, boolean isLatencySeen, long least) {

  /** How it went. */
  public enum State {
    /** All were reported, and enough were made. */
    PASSED,
    /** Too few were made yet. */
    WAITING,
    /** One was not reported: no verdict can be believed. */
    ALARM
  }

  /**
   * One kind.
   *
   * @param injected made, and not withdrawn
   * @param reported found and counted as what they were
   * @param missed not found; what is neither is being looked at
   */
  public record Kind(long injected, long reported, long missed) {}

  public SelfTestReport {
    EnumMap<Mismatch, Kind> copy = new EnumMap<>(Mismatch.class);
    copy.putAll(kinds);
    kinds = Collections.unmodifiableMap(copy);
  }

  /** How it went. */
  public State state() {
    if (!isLatencySeen || kinds.values().stream().anyMatch(kind -> kind.missed > 0)) {
      return State.ALARM;
    }
    // A kind that the traffic does not allow at all, as results where nothing is written, is none.
    boolean isEnough =
        kinds.values().stream().allMatch(kind -> kind.injected == 0 || kind.reported >= least)
            && kinds.values().stream().anyMatch(kind -> kind.reported > 0);
    return isEnough ? State.PASSED : State.WAITING;
  }

  /** What is wrong or missing, for people; empty if nothing is. */
  public List<String> troubles() {
    List<String> troubles = new ArrayList<>();
    if (!isLatencySeen) {
      troubles.add("self-test: doubled times were not found to be slower");
    }
    kinds.forEach(
        (kind, count) -> {
          String word = kind.name().toLowerCase(Locale.ROOT);
          if (count.missed > 0) {
            troubles.add(
                "self-test: %d of %d known mismatches of the kind %s were not reported"
                    .formatted(count.missed, count.injected, word));
          } else if (count.injected > 0 && count.reported < least) {
            troubles.add(
                "self-test: too few known mismatches of the kind %s yet: reported=%d, least=%d"
                    .formatted(word, count.reported, least));
          }
        });
    return troubles;
  }
}
