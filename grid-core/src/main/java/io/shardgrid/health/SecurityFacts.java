package io.shardgrid.health;

import java.util.List;

/**
 * What a node knows of how it is protected. Immutable.
 *
 * @param items one for each thing that can be protected; what is not named here is unknown
 */
public record SecurityFacts(List<Item> items) {

  /** Nobody has told anything. */
  public static final SecurityFacts UNTOLD = new SecurityFacts(List.of());

  public SecurityFacts {
    items = List.copyOf(items);
  }

  /** How far something is protected. */
  public enum State {
    /** It is. */
    ON,
    /** It is, and will not be for long: something expires. */
    EXPIRING,
    /** It is with what it was shipped with, which everybody knows. */
    DEFAULT,
    /** It is not. */
    OFF,
    /** It need not be: nobody from outside can come there. */
    NOT_NEEDED
  }

  /** One thing, a few words, and what about it. */
  public record Item(String name, State state, String text) {}
}
