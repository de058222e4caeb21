package io.shardgrid.fuzz;

import org.jspecify.annotations.Nullable;

/**
 * Counts the ways between blocks of code that one thread takes, as {@link CoverageLoader} has them
 * told here, and stops it after too many.
 *
 * <p>Of one thread at a time: others are not counted.
 */
public final class Coverage {

  /* A way is the number of its block xor that of the block before, halved, so that a to b and b to a
   * differ. Two ways may share a place; with some thousands of blocks few do. After AFL (Zalewski,
   * "Technical whitepaper for afl-fuzz"). */

  static final int PLACES = 1 << 16;

  /** A loop that does not end, or one whose length an input can choose. */
  static final class TooManySteps extends Error {
    private static final long serialVersionUID = 1L;

    TooManySteps(long steps) {
      super("more steps than an input of this length may take: blocks=" + steps);
    }
  }

  private static final byte[] COUNTS = new byte[PLACES];
  private static final int[] TAKEN = new int[PLACES];
  private static @Nullable Thread counted;
  private static int taken;
  private static int previous;
  private static long steps;
  private static long stepsMax;

  private Coverage() {}

  /** Code under test begins a block. Called by the code that is put into it. */
  public static void hit(int block) {
    if (Thread.currentThread() != counted) {
      return;
    }
    int place = (block ^ previous) & (PLACES - 1);
    previous = block >>> 1;
    byte count = COUNTS[place];
    if (count == 0) {
      TAKEN[taken++] = place;
    }
    if (count != -1) {
      COUNTS[place] = (byte) (count + 1);
    }
    if (++steps > stepsMax) {
      throw new TooManySteps(steps);
    }
  }

  /** Forgets all, and counts this thread from now on, which may take so many steps. */
  static void begin(long max) {
    for (int i = 0; i < taken; i++) {
      COUNTS[TAKEN[i]] = 0;
    }
    taken = 0;
    previous = 0;
    steps = 0;
    stepsMax = max;
    counted = Thread.currentThread();
  }

  /**
   * Counts nothing more.
   *
   * @return how many steps there were
   */
  static long end() {
    counted = null;
    return steps;
  }

  /**
   * Marks the ways that were taken, each by how often: 1, 2, 3, 4-7, 8-15, 16-31, 32-127, more.
   *
   * @return whether one was not marked before
   */
  static boolean mark(byte[] seen) {
    boolean isNew = false;
    for (int i = 0; i < taken; i++) {
      int place = TAKEN[i];
      int bit = bit(COUNTS[place] & 0xFF);
      if ((seen[place] & bit) == 0) {
        seen[place] |= (byte) bit;
        isNew = true;
      }
    }
    return isNew;
  }

  private static int bit(int count) {
    if (count < 4) {
      return 1 << (count - 1);
    }
    int log = 31 - Integer.numberOfLeadingZeros(count);
    return log == 7 ? 1 << 7 : 1 << (log == 6 ? 6 : log + 1);
  }
}
