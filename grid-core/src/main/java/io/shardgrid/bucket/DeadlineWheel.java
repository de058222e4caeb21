package io.shardgrid.bucket;

import java.util.Arrays;

/**
 * Finds the entries whose deadline has passed, in bounded steps. Not thread-safe.
 *
 * <p>Its time moves only when it is told so. Adding and removing an entry are O(1); an entry whose
 * deadline passes has been looked at six times at most. What is due is known up to 256 ms late.
 */
final class DeadlineWheel {

  /*
   * A hierarchical timing wheel. Time goes in ticks of 256 ms; level 0 has a list for each of the
   * next 64 ticks, level 1 a list for each of the next 64 stretches of 64 ticks, and so on:
   *
   *   level          0        1          2         3         4
   *   a list spans   256 ms   16.4 s     17.5 min  18.6 h    49.7 d
   *   the level      16.4 s   17.5 min   18.6 h    49.7 d    8.7 y      later ones: last of level 4
   *
   * When time enters the stretch of a list, its entries are spread over the levels below. When the
   * tick of a list of level 0 has passed, its entries are due and move to the list of those. Where
   * levels are empty, time jumps to the next border of the first one that is not.
   *
   * The lists run through the entries themselves (the expiry part, see Layout): a list has no
   * memory of its own but its head. The first entry of a list names the list in place of a
   * neighbour, by a reference with an offset behind the end of any page.
   *
   * Sources: G. Varghese and T. Lauck, Hashed and Hierarchical Timing Wheels, SOSP 1987, scheme 6;
   * TimerWheel.java of Caffeine (lists through the entries, levels in powers of two).
   */
  private static final int NONE = PageStore.NONE;

  private static final int TICK_MILLIS_LOG = 8;
  private static final int LEVELS = 5;
  private static final int LEVEL_LOG = 6;
  private static final int LISTS_OF_LEVEL = 1 << LEVEL_LOG;
  private static final long TICKS_AHEAD_MAX = 1L << (LEVELS * LEVEL_LOG);
  private static final int DUE = LEVELS * LISTS_OF_LEVEL;
  private static final int LIST_MARK = (1 << 15) - 1;
  private static final int LIST_SHIFT = 15;

  private final PageStore pages;
  private final long[] occupied = new long[LEVELS];
  private int[] heads = {};
  private long tick;

  DeadlineWheel(PageStore pages) {
    this.pages = pages;
  }

  /** The first entry that is due, or {@link PageStore#NONE}. */
  int firstDue() {
    return heads.length == 0 ? NONE : heads[DUE];
  }

  /** The entry that is due after this one, or {@link PageStore#NONE}. */
  int nextDue(int reference) {
    return laterOf(reference);
  }

  /** Takes an entry in, by its deadline. It must have one. */
  void add(int reference) {
    if (heads.length == 0) {
      heads = new int[DUE + 1];
      Arrays.fill(heads, NONE);
    }
    byte[] page = pages.page(reference);
    long deadlineMillis = EntryBytes.deadlineMillis(page, pages.offset(reference));
    push(listOf(deadlineMillis >> TICK_MILLIS_LOG), reference);
  }

  /** Takes an entry out. */
  void remove(int reference) {
    int earlier = earlierOf(reference);
    int later = laterOf(reference);
    if (later != NONE) {
      setEarlier(later, earlier);
    }
    if ((earlier & LIST_MARK) == LIST_MARK) {
      setHead(earlier >>> LIST_SHIFT, later);
    } else {
      setLater(earlier, later);
    }
  }

  /** Follows an entry whose bytes have been copied to this place. */
  void moved(int reference) {
    int earlier = earlierOf(reference);
    int later = laterOf(reference);
    if (later != NONE) {
      setEarlier(later, reference);
    }
    if ((earlier & LIST_MARK) == LIST_MARK) {
      heads[earlier >>> LIST_SHIFT] = reference;
    } else {
      setLater(earlier, reference);
    }
  }

  /** Moves the time on, with at most so many steps: entries looked at, ticks passed. */
  void advance(long nowMillis, int stepsMax) {
    long target = nowMillis >> TICK_MILLIS_LOG;
    int left = stepsMax;
    while (tick < target && left > 0) {
      for (int level = LEVELS - 1; level > 0 && left > 0; level--) {
        if ((tick & ((1L << (level * LEVEL_LOG)) - 1)) == 0) {
          left = empty(listAt(level, tick), left);
        }
      }
      left = empty(listAt(0, tick), left);
      if (left > 0) {
        left--;
        tick = Math.min(target, following());
      }
    }
  }

  /** Moves the entries of a list to where they belong now; what is left of the steps. */
  private int empty(int list, int steps) {
    int left = steps;
    while (left > 0 && heads.length > 0 && heads[list] != NONE) {
      int reference = heads[list];
      remove(reference);
      long dueTick = deadlineTick(reference);
      push(dueTick <= tick ? DUE : listOf(dueTick), reference);
      left--;
    }
    return left;
  }

  /** The next tick at which something may have to be moved. */
  private long following() {
    long next = tick + 1;
    for (int level = 0; level < LEVELS; level++) {
      if (occupied[level] != 0) {
        return next;
      }
      long stretch = 1L << ((level + 1) * LEVEL_LOG);
      next = (tick | (stretch - 1)) + 1;
    }
    return Long.MAX_VALUE;
  }

  private int listOf(long dueTick) {
    long ahead = Math.min(dueTick - tick, TICKS_AHEAD_MAX - 1);
    if (ahead < 0) {
      return DUE;
    }
    int level = 0;
    while (ahead >>> ((level + 1) * LEVEL_LOG) != 0) {
      level++;
    }
    return listAt(level, tick + ahead);
  }

  private static int listAt(int level, long atTick) {
    int place = (int) (atTick >>> (level * LEVEL_LOG)) & (LISTS_OF_LEVEL - 1);
    return (level << LEVEL_LOG) | place;
  }

  private void push(int list, int reference) {
    int head = heads[list];
    setEarlier(reference, (list << LIST_SHIFT) | LIST_MARK);
    setLater(reference, head);
    if (head != NONE) {
      setEarlier(head, reference);
    }
    setHead(list, reference);
  }

  private void setHead(int list, int reference) {
    heads[list] = reference;
    if (list != DUE) {
      long bit = 1L << list;
      int level = list >>> LEVEL_LOG;
      occupied[level] = reference == NONE ? occupied[level] & ~bit : occupied[level] | bit;
    }
  }

  private long deadlineTick(int reference) {
    byte[] page = pages.page(reference);
    return EntryBytes.deadlineMillis(page, pages.offset(reference)) >> TICK_MILLIS_LOG;
  }

  private int earlierOf(int reference) {
    byte[] page = pages.page(reference);
    return Layout.intAt(page, expiryAt(page, reference) + Layout.EXPIRY_EARLIER_OFFSET);
  }

  private int laterOf(int reference) {
    byte[] page = pages.page(reference);
    return Layout.intAt(page, expiryAt(page, reference) + Layout.EXPIRY_LATER_OFFSET);
  }

  private void setEarlier(int reference, int earlier) {
    byte[] page = pages.page(reference);
    Layout.putInt(page, expiryAt(page, reference) + Layout.EXPIRY_EARLIER_OFFSET, earlier);
  }

  private void setLater(int reference, int later) {
    byte[] page = pages.page(reference);
    Layout.putInt(page, expiryAt(page, reference) + Layout.EXPIRY_LATER_OFFSET, later);
  }

  private int expiryAt(byte[] page, int reference) {
    return EntryBytes.expiryAt(page, pages.offset(reference));
  }
}
