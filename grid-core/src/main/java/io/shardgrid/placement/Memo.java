package io.shardgrid.placement;

import io.shardgrid.key.Epoch;

/**
 * A text that is kept beside the placement for somebody else, such as the autoscaler's history; it
 * is committed as the placement is, and its meaning is its owner's. Immutable.
 *
 * @param stamp a later one has a higher one, {@link Epoch#NONE} if nothing was ever kept
 * @param text at most 262,144 characters
 */
public record Memo(long stamp, String text) {

  /** The most characters. */
  public static final int TEXT_MAX = 1 << 18;

  /** Nothing was ever kept. */
  public static final Memo NONE = new Memo(Epoch.NONE, "");

  public Memo {
    if (text.length() > TEXT_MAX) {
      throw new IllegalArgumentException(
          "too long to be kept: characters=%d, max=%d".formatted(text.length(), TEXT_MAX));
    }
  }

  /** The later one of both. */
  Memo orLater(Memo other) {
    return other.stamp > stamp ? other : this;
  }
}
