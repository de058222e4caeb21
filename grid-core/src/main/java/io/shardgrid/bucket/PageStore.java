package io.shardgrid.bucket;

import java.util.Arrays;

/**
 * The pages of one map: hands out blocks for entries and takes them back. Not thread-safe.
 *
 * <p>Every operation is O(1), apart from an array made or enlarged now and then: at most 128 KiB
 * are zeroed and copied, and the directory doubles (up to 512 KiB, at 16 GiB of pages). An entry
 * with an extent costs O(bytes).
 */
final class PageStore {

  /*
   * Blocks are cut off the end of the current page. A block that is given back goes to the free
   * list of its size class, which runs through the free blocks themselves (see Layout), and is the
   * first to be handed out again. Pages hold blocks of all classes: a page for each class would
   * leave dozens of half-empty pages in each of thousands of small maps.
   *
   * The current page starts small, at about a sixteenth of what the map has already, and doubles
   * by copying until it is full-sized: a map of three entries takes half a KiB, and growing never
   * reserves much more than an eighth of a map ahead. References stay valid, since an offset stays
   * what it was. Full-sized pages are 128 KiB with the array's header: the heap's regions (powers
   * of two) divide evenly, no page is a humongous object of G1, and zeroing one takes microseconds.
   *
   * Extents take an entry of the page directory and a page index of their own, so that reading an
   * entry never asks which kind it is.
   */
  static final int NONE = -1;

  static final int PAGE_BYTES_MAX = (128 << 10) - Layout.ARRAY_HEADER_BYTES;
  private static final int PAGE_BYTES_MIN = 512 - Layout.ARRAY_HEADER_BYTES;
  private static final int OFFSET_BITS = 15;
  private static final int OFFSET_MASK = (1 << OFFSET_BITS) - 1;
  private static final int OFFSET_UNIT_LOG = 2;
  private static final int PAGES_MAX = 1 << (32 - OFFSET_BITS);
  private static final int START_FRACTION_LOG = 4;

  private final Reservation reservation;
  private byte[][] pages = {};
  private int pageCount;
  private int[] vacantIndexes = {};
  private int vacantCount;
  private int[] freeHeads = {};

  private int current = NONE;
  private int top;
  private int currentLength;

  PageStore(Reservation reservation) {
    this.reservation = reservation;
  }

  byte[] page(int reference) {
    return pages[reference >>> OFFSET_BITS];
  }

  static int offset(int reference) {
    return (reference & OFFSET_MASK) << OFFSET_UNIT_LOG;
  }

  boolean keyEquals(int reference, byte[] key) {
    return EntryBytes.keyEquals(page(reference), offset(reference), key);
  }

  /** Bytes of the entry in its block. */
  int size(int reference) {
    return EntryBytes.size(page(reference), offset(reference));
  }

  /** Whether entries of these sizes take the same block. */
  static boolean isSameBlock(int size, int otherSize) {
    if (Math.max(size, otherSize) > SizeClasses.BLOCK_BYTES_MAX) {
      return size == otherSize;
    }
    return SizeClasses.of(size) == SizeClasses.of(otherSize);
  }

  /** A block for an entry of this size, or {@link #NONE} when the budget or the map is full. */
  int allocate(int size) {
    return size > SizeClasses.BLOCK_BYTES_MAX ? allocateExtent(size) : allocateBlock(size, false);
  }

  /** A block for an entry of at most {@link SizeClasses#BLOCK_BYTES_MAX}, beyond the budget too. */
  int allocateOverdrawn(int size) {
    int reference = allocateBlock(size, true);
    if (reference == NONE) {
      throw new IllegalStateException("the map has no page index left: pages=" + PAGES_MAX);
    }
    return reference;
  }

  /** Takes back the block in which a whole entry stands. */
  void free(int reference) {
    int size = size(reference);
    if (size > SizeClasses.BLOCK_BYTES_MAX) {
      freeExtent(reference >>> OFFSET_BITS);
    } else {
      pushFree(reference, SizeClasses.of(size));
    }
  }

  private int allocateBlock(int size, boolean overdraw) {
    int sizeClass = SizeClasses.of(size);
    if (sizeClass < freeHeads.length && freeHeads[sizeClass] != NONE) {
      return popFree(sizeClass);
    }
    int blockBytes = SizeClasses.bytes(sizeClass);
    if (top + blockBytes > currentLength && !makeRoom(blockBytes, overdraw)) {
      return NONE;
    }
    int reference = reference(current, top);
    top += blockBytes;
    return reference;
  }

  private int allocateExtent(int size) {
    int index = takeIndex();
    if (index == NONE) {
      return NONE;
    }
    byte[] extent = reservation.array(size);
    if (extent.length == 0) {
      giveIndexBack(index);
      return NONE;
    }
    pages[index] = extent;
    return reference(index, 0);
  }

  private void freeExtent(int index) {
    reservation.release(pages[index]);
    pages[index] = Reservation.NO_BYTES;
    giveIndexBack(index);
  }

  private boolean makeRoom(int blockBytes, boolean overdraw) {
    int bytes = top + blockBytes;
    if (current != NONE && bytes <= PAGE_BYTES_MAX) {
      return enlargePage(pageLength(Math.max(bytes, currentLength + 1)), overdraw);
    }
    long startBytes = Math.min(reservation.bytes() >> START_FRACTION_LOG, PAGE_BYTES_MAX);
    return startPage(pageLength(Math.max(blockBytes, (int) startBytes)), overdraw);
  }

  private boolean enlargePage(int length, boolean overdraw) {
    byte[] page = pages[current];
    byte[] larger = newPage(length, overdraw);
    if (larger.length == 0) {
      return false;
    }
    System.arraycopy(page, 0, larger, 0, top);
    pages[current] = larger;
    currentLength = length;
    reservation.release(page);
    return true;
  }

  private boolean startPage(int length, boolean overdraw) {
    int index = takeIndex();
    if (index == NONE) {
      return false;
    }
    byte[] page = newPage(length, overdraw);
    if (page.length == 0) {
      giveIndexBack(index);
      return false;
    }
    closePage();
    pages[index] = page;
    current = index;
    top = 0;
    currentLength = length;
    return true;
  }

  private byte[] newPage(int length, boolean overdraw) {
    return overdraw ? reservation.arrayOverdrawn(length) : reservation.array(length);
  }

  /** Cuts what the current page has left into free blocks. */
  private void closePage() {
    while (currentLength - top >= SizeClasses.BLOCK_BYTES_MIN) {
      int sizeClass = SizeClasses.cutOff(currentLength - top);
      pushFree(reference(current, top), sizeClass);
      top += SizeClasses.bytes(sizeClass);
    }
  }

  private void pushFree(int reference, int sizeClass) {
    if (sizeClass >= freeHeads.length) {
      int classes = freeHeads.length;
      freeHeads = Arrays.copyOf(freeHeads, sizeClass + 8);
      Arrays.fill(freeHeads, classes, freeHeads.length, NONE);
    }
    byte[] page = page(reference);
    int at = offset(reference);
    page[at + Layout.FREE_FLAGS_OFFSET] = Layout.FREE;
    page[at + Layout.FREE_SIZE_CLASS_OFFSET] = (byte) sizeClass;
    Layout.putInt(page, at + Layout.FREE_NEXT_OFFSET, freeHeads[sizeClass]);
    freeHeads[sizeClass] = reference;
  }

  private int popFree(int sizeClass) {
    int reference = freeHeads[sizeClass];
    int at = offset(reference) + Layout.FREE_NEXT_OFFSET;
    freeHeads[sizeClass] = Layout.intAt(page(reference), at);
    return reference;
  }

  private int takeIndex() {
    if (vacantCount > 0) {
      vacantCount--;
      return vacantIndexes[vacantCount];
    }
    if (pageCount == PAGES_MAX) {
      return NONE;
    }
    if (pageCount == pages.length) {
      pages = Arrays.copyOf(pages, Math.max(2, 2 * pageCount));
      Arrays.fill(pages, pageCount, pages.length, Reservation.NO_BYTES);
    }
    return pageCount++;
  }

  private void giveIndexBack(int index) {
    if (vacantCount == vacantIndexes.length) {
      vacantIndexes = Arrays.copyOf(vacantIndexes, Math.max(2, 2 * vacantCount));
    }
    vacantIndexes[vacantCount] = index;
    vacantCount++;
  }

  private static int pageLength(int bytes) {
    int length = Math.max(bytes, PAGE_BYTES_MIN) + Layout.ARRAY_HEADER_BYTES;
    return (Integer.highestOneBit(length - 1) << 1) - Layout.ARRAY_HEADER_BYTES;
  }

  private static int reference(int index, int offset) {
    return (index << OFFSET_BITS) | (offset >>> OFFSET_UNIT_LOG);
  }
}
