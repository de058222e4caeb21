package io.shardgrid.bucket;

import java.util.Arrays;

/**
 * The pages of one map: hands out blocks for entries and takes them back. Not thread-safe.
 *
 * <p>Every operation is O(1), apart from an array made or enlarged now and then: at most 128 KiB
 * are copied, a slab is zeroed, and the directory doubles (to 2 MiB at most, at 16 GiB of pages).
 */
final class PageStore {

  /*
   * A block comes, in this order, from
   *
   *   1. the free list of its size class, which runs through the free blocks themselves (see
   *      Layout) in both directions, so that any block can be taken out of its list;
   *   2. the end of the current page, which is enlarged until it has full size;
   *   3. the shortest longer free block, whose rest becomes free blocks (good fit);
   *   4. a new current page.
   *
   * Pages hold blocks of all classes: a page for each class would leave dozens of half-empty pages
   * in each of thousands of small maps. Neighbours that are free are not joined: Compaction empties
   * whole pages, which joins everything in them.
   *
   * The current page starts small, at about a sixteenth of what the map has already, and doubles
   * by copying until it is full-sized: a map of three entries takes half a KiB, and growing never
   * reserves much more than an eighth of a map ahead. References stay valid, since an offset stays
   * what it was. Full-sized pages are parts of slabs (see PagePool), which fill the heap's regions
   * (powers of two) but for their headers; they are three cache lines short of 128 KiB, so that a
   * slab holds a power of two of them, and their beginnings spread over all sets of a cache.
   *
   * While a page is being emptied, blocks that are freed in it go into no list.
   *
   * Sources: segregated free lists with good fit as in two-level segregated fit (M. Masmano et al.,
   * TLSF: a New Dynamic Memory Allocator for Real-Time Systems, ECRTS 2004).
   */
  static final int NONE = -1;

  static final int PAGE_BYTES_MAX = (128 << 10) - 3 * 64 - Layout.ARRAY_HEADER_BYTES;
  private static final int PAGE_BYTES_MIN = 512 - Layout.ARRAY_HEADER_BYTES;
  private static final int PAGE_BYTES_STEP = 256;
  private static final int OFFSET_BITS = 15;
  private static final int OFFSET_MASK = (1 << OFFSET_BITS) - 1;
  private static final int OFFSET_UNIT_LOG = 2;
  private static final int PAGES_MAX = 1 << (32 - OFFSET_BITS);
  private static final int START_FRACTION_LOG = 4;

  private final Reservation reservation;
  private Page[] pages = {};
  private byte[][] arrays = {};
  private int[] bases = {};
  private int[] freeInPage = {};
  private int pageCount;
  private final NumberStack vacant = new NumberStack();
  private int[] freeHeads = {};
  private long pageBytes;
  private long freeBytes;

  private int current = NONE;
  private int top;
  private int currentLength;
  private int emptied = NONE;

  PageStore(Reservation reservation) {
    this.reservation = reservation;
  }

  /** The array in which a page is. */
  byte[] page(int reference) {
    return arrays[reference >>> OFFSET_BITS];
  }

  /** Where the block is in the array of its page. */
  int offset(int reference) {
    return bases[reference >>> OFFSET_BITS] + offsetInPage(reference);
  }

  private static int offsetInPage(int reference) {
    return (reference & OFFSET_MASK) << OFFSET_UNIT_LOG;
  }

  static int reference(int index, int offset) {
    return (index << OFFSET_BITS) | (offset >>> OFFSET_UNIT_LOG);
  }

  boolean keyEquals(int reference, byte[] key) {
    return EntryBytes.keyEquals(page(reference), offset(reference), key);
  }

  /** Bytes of the entry in its block. */
  int size(int reference) {
    return EntryBytes.size(page(reference), offset(reference));
  }

  /** Bytes of all pages. */
  long pageBytes() {
    return pageBytes;
  }

  /** Bytes of the free blocks of all pages. */
  long freeBytes() {
    return freeBytes;
  }

  /** Page indexes in use or vacant: every page has an index below. */
  int indexes() {
    return pageCount;
  }

  /** Bytes of the free blocks of a page; 0 for a vacant index. */
  int freeInPage(int index) {
    return freeInPage[index];
  }

  boolean isCurrent(int index) {
    return index == current;
  }

  int pageLength(int index) {
    return pages[index].length();
  }

  /** Whether entries of these sizes take the same block. */
  static boolean isSameBlock(int size, int otherSize) {
    return SizeClasses.of(size) == SizeClasses.of(otherSize);
  }

  /** A block for an entry of this size, or {@link #NONE} when the budget or the map is full. */
  int allocate(int size) {
    int sizeClass = SizeClasses.of(size);
    int blockBytes = SizeClasses.bytes(sizeClass);
    int reference = takeBlock(sizeClass, blockBytes);
    if (reference != NONE) {
      return reference;
    }
    return startPage(usualLength(blockBytes), false) ? cutOffCurrent(blockBytes) : NONE;
  }

  /** The same beyond the budget too: {@link #NONE} only when the map has no page index left. */
  int allocateOverdrawn(int size) {
    int blockBytes = SizeClasses.bytes(SizeClasses.of(size));
    return allocateOverdrawn(size, usualLength(blockBytes));
  }

  /**
   * The same for entries that leave another page: one beyond the budget is just long enough for
   * this entry and the {@code bytesAhead} of those that follow.
   */
  int allocateInExchange(int size, int bytesAhead) {
    int blockBytes = SizeClasses.bytes(SizeClasses.of(size));
    int length = (Math.max(blockBytes, bytesAhead) + PAGE_BYTES_STEP - 1) & -PAGE_BYTES_STEP;
    return allocateOverdrawn(size, Math.min(length, PAGE_BYTES_MAX));
  }

  private int allocateOverdrawn(int size, int pageLength) {
    int reference = allocate(size);
    if (reference != NONE || !startPage(pageLength, true)) {
      return reference;
    }
    return cutOffCurrent(SizeClasses.bytes(SizeClasses.of(size)));
  }

  /** Length of a new page that starts with such a block: a sixteenth of the map. */
  private int usualLength(int blockBytes) {
    long startBytes = Math.min(reservation.bytes() >> START_FRACTION_LOG, PAGE_BYTES_MAX);
    return lengthFor(Math.max(blockBytes, (int) startBytes));
  }

  /** Takes back the block in which a whole entry stands. */
  void free(int reference) {
    pushFree(reference, SizeClasses.of(size(reference)));
  }

  /** A block that needs no new page. */
  private int takeBlock(int sizeClass, int blockBytes) {
    if (sizeClass < freeHeads.length && freeHeads[sizeClass] != NONE) {
      int reference = freeHeads[sizeClass];
      unlink(reference, sizeClass);
      return reference;
    }
    if (top + blockBytes <= currentLength || enlargePage(blockBytes)) {
      return cutOffCurrent(blockBytes);
    }
    return split(blockBytes);
  }

  private int cutOffCurrent(int blockBytes) {
    int reference = reference(current, top);
    top += blockBytes;
    return reference;
  }

  /** A block from the start of a longer free one that leaves a rest long enough for blocks. */
  private int split(int blockBytes) {
    int longerMin = blockBytes + SizeClasses.BLOCK_BYTES_MIN;
    if (longerMin > SizeClasses.BLOCK_BYTES_MAX) {
      return NONE;
    }
    for (int longer = SizeClasses.of(longerMin); longer < freeHeads.length; longer++) {
      int reference = freeHeads[longer];
      if (reference != NONE) {
        unlink(reference, longer);
        int rest = offsetInPage(reference) + blockBytes;
        cutFree(reference >>> OFFSET_BITS, rest, SizeClasses.bytes(longer) - blockBytes);
        return reference;
      }
    }
    return NONE;
  }

  private boolean enlargePage(int blockBytes) {
    int bytes = top + blockBytes;
    if (current == NONE || bytes > PAGE_BYTES_MAX) {
      return false;
    }
    Page page = pages[current];
    Page larger = reservation.page(lengthFor(Math.max(bytes, currentLength + 1)));
    if (larger.length() == 0) {
      return false;
    }
    System.arraycopy(page.bytes(), page.base(), larger.bytes(), larger.base(), top);
    put(current, larger);
    currentLength = larger.length();
    return true;
  }

  private boolean startPage(int length, boolean overdraw) {
    int index = takeIndex();
    if (index == NONE) {
      return false;
    }
    Page page = overdraw ? reservation.pageOverdrawn(length) : reservation.page(length);
    if (page.length() == 0) {
      vacant.push(index);
      return false;
    }
    closeCurrent();
    put(index, page);
    current = index;
    top = 0;
    currentLength = page.length();
    return true;
  }

  private void put(int index, Page page) {
    Page before = pages[index];
    pages[index] = page;
    arrays[index] = page.bytes();
    bases[index] = page.base();
    pageBytes += page.length() - before.length();
    reservation.release(before);
  }

  /** Gives the memory of all pages back. What they took from the budget is not looked at. */
  void drop() {
    for (int i = 0; i < pageCount; i++) {
      reservation.reuse(pages[i]);
    }
  }

  /** Cuts what the current page has left into free blocks; there is no current page then. */
  private void closeCurrent() {
    if (current != NONE) {
      cutFree(current, top, currentLength - top);
      current = NONE;
      top = 0;
      currentLength = 0;
    }
  }

  private void cutFree(int index, int offset, int bytes) {
    int at = offset;
    int left = bytes;
    while (left >= SizeClasses.BLOCK_BYTES_MIN) {
      int sizeClass = SizeClasses.cutOff(left);
      pushFree(reference(index, at), sizeClass);
      at += SizeClasses.bytes(sizeClass);
      left -= SizeClasses.bytes(sizeClass);
    }
  }

  private void pushFree(int reference, int sizeClass) {
    byte[] page = page(reference);
    int at = offset(reference);
    page[at + Layout.FREE_FLAGS_OFFSET] = Layout.FREE;
    page[at + Layout.FREE_SIZE_CLASS_OFFSET] = (byte) sizeClass;
    int index = reference >>> OFFSET_BITS;
    freeInPage[index] += SizeClasses.bytes(sizeClass);
    freeBytes += SizeClasses.bytes(sizeClass);
    if (index == emptied) {
      page[at + Layout.FREE_FLAGS_OFFSET] |= Layout.UNLISTED;
    } else {
      link(reference, sizeClass);
    }
  }

  private void link(int reference, int sizeClass) {
    if (sizeClass >= freeHeads.length) {
      int classes = freeHeads.length;
      freeHeads = Arrays.copyOf(freeHeads, sizeClass + 8);
      Arrays.fill(freeHeads, classes, freeHeads.length, NONE);
    }
    int head = freeHeads[sizeClass];
    byte[] page = page(reference);
    int at = offset(reference);
    Layout.putInt(page, at + Layout.FREE_NEXT_OFFSET, head);
    Layout.putInt(page, at + Layout.FREE_PREVIOUS_OFFSET, NONE);
    if (head != NONE) {
      Layout.putInt(page(head), offset(head) + Layout.FREE_PREVIOUS_OFFSET, reference);
    }
    freeHeads[sizeClass] = reference;
  }

  /** Takes a free block out of its list: it is about to hold something. */
  private void unlink(int reference, int sizeClass) {
    takeOutOfList(reference, sizeClass);
    freeInPage[reference >>> OFFSET_BITS] -= SizeClasses.bytes(sizeClass);
    freeBytes -= SizeClasses.bytes(sizeClass);
  }

  private void takeOutOfList(int reference, int sizeClass) {
    byte[] page = page(reference);
    int at = offset(reference);
    int next = Layout.intAt(page, at + Layout.FREE_NEXT_OFFSET);
    int previous = Layout.intAt(page, at + Layout.FREE_PREVIOUS_OFFSET);
    if (previous == NONE) {
      freeHeads[sizeClass] = next;
    } else {
      Layout.putInt(page(previous), offset(previous) + Layout.FREE_NEXT_OFFSET, next);
    }
    if (next != NONE) {
      Layout.putInt(page(next), offset(next) + Layout.FREE_PREVIOUS_OFFSET, previous);
    }
  }

  /** From now on nothing that is freed in this page is handed out again. One page at a time. */
  void beginEmptying(int index) {
    if (index == current) {
      closeCurrent();
    }
    emptied = index;
  }

  /**
   * Takes the block at this place out of its free list, if it is in one.
   *
   * @return the block's length
   */
  int unlist(int reference) {
    byte[] page = page(reference);
    int at = offset(reference);
    int sizeClass = sizeClass(page, at);
    if (page[at] == Layout.FREE) {
      takeOutOfList(reference, sizeClass);
      page[at] |= Layout.UNLISTED;
    }
    return SizeClasses.bytes(sizeClass);
  }

  /** Gives the page back. All its blocks must be free and in no list. */
  void endEmptying() {
    freeBytes -= freeInPage[emptied];
    freeInPage[emptied] = 0;
    put(emptied, Page.NONE);
    vacant.push(emptied);
    emptied = NONE;
  }

  static boolean isFree(byte[] page, int at) {
    return (page[at] & Layout.FREE) != 0;
  }

  private static int sizeClass(byte[] page, int at) {
    return isFree(page, at)
        ? Layout.unsignedByteAt(page, at + Layout.FREE_SIZE_CLASS_OFFSET)
        : SizeClasses.of(EntryBytes.size(page, at));
  }

  private int takeIndex() {
    if (vacant.count() > 0) {
      return vacant.pop();
    }
    if (pageCount == PAGES_MAX) {
      return NONE;
    }
    if (pageCount == pages.length) {
      int length = Math.max(2, 2 * pageCount);
      pages = Arrays.copyOf(pages, length);
      Arrays.fill(pages, pageCount, length, Page.NONE);
      arrays = Arrays.copyOf(arrays, length);
      bases = Arrays.copyOf(bases, length);
      freeInPage = Arrays.copyOf(freeInPage, length);
    }
    return pageCount++;
  }

  private static int lengthFor(int bytes) {
    int length = Math.max(bytes, PAGE_BYTES_MIN) + Layout.ARRAY_HEADER_BYTES;
    int doubled = (Integer.highestOneBit(length - 1) << 1) - Layout.ARRAY_HEADER_BYTES;
    return Math.min(doubled, PAGE_BYTES_MAX);
  }
}
