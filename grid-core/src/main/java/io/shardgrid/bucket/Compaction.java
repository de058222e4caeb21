package io.shardgrid.bucket;

/**
 * Gives pages back whose entries fit into the holes of others, a bounded amount of work at a time.
 * Not thread-safe.
 */
final class Compaction {

  /*
   * Free blocks are reused by entries of the same length, or cut up for shorter ones; what is left
   * over is spread over all pages. When more than an eighth of the pages is free, compaction takes
   * the page with the most free bytes, moves its entries elsewhere and gives it back:
   *
   *   SEARCHING   looks through the table of free bytes for that page, 256 pages a step
   *   UNLISTING   takes the page's free blocks out of their lists, block by block
   *   EMPTYING    moves the page's entries, block by block, to blocks of other pages
   *
   * A full budget is overdrawn in the meantime, by no more than the entries of the page that is
   * emptied take: otherwise that page could be stuck, its free blocks of use to nobody, where room
   * is needed most.
   *
   * An entry moves by a copy of its bytes; the cell of its key is found by the hash of the key, its
   * neighbours in a list of the wheel follow. Extents never move.
   *
   * A page with the share f of it free gives f / (1 - f) bytes for each byte that is moved. The
   * steps grow with the share that is free, so that it stays below a fifth under churn:
   *
   *   free share above     1/8    1/6    1/5
   *   blocks a step          8     16     48
   *
   * One step is bounded by bytes too, and longer blocks count for more. When an entry found no room
   * although twice its bytes are free, in blocks too short for it, a page is emptied at once,
   * whatever the share.
   *
   * Sources: cleaning of segments in a log-structured memory (S. Rumble et al., Log-structured
   * Memory for DRAM-based Storage, FAST 2014), with free lists in place of a log.
   */
  private static final int PAGES_A_STEP = 256;
  private static final int BLOCKS_A_STEP = 8;
  private static final int BYTES_OF_A_BLOCK_LOG = 9;

  /** A map with fewer free bytes than this is left as it is. */
  private static final int FREE_BYTES_MIN = 2 << 10;

  /** A page with fewer free bytes than this is left as it is: another may take as much more. */
  private static final int GAIN_BYTES_MIN = 512;

  private enum Phase {
    IDLE,
    SEARCHING,
    UNLISTING,
    EMPTYING
  }

  private final PageStore pages;
  private final ResizingTable table;
  private final DeadlineWheel wheel;
  private Phase phase = Phase.IDLE;
  private int index;
  private int cursor;
  private int candidate;
  private long movedBytes;
  private boolean isPressed;

  Compaction(PageStore pages, ResizingTable table, DeadlineWheel wheel) {
    this.pages = pages;
    this.table = table;
    this.wheel = wheel;
  }

  boolean isIdle() {
    return phase == Phase.IDLE;
  }

  /** Bytes of entries moved so far. */
  long movedBytes() {
    return movedBytes;
  }

  /** One write's share of the work, if there is any. */
  void step() {
    if (phase == Phase.IDLE) {
      if (!isFragmented()) {
        return;
      }
      phase = Phase.SEARCHING;
      index = 0;
      candidate = PageStore.NONE;
    }
    if (phase == Phase.SEARCHING) {
      search();
    } else {
      work(blocksOfStep());
    }
  }

  /** An entry of this size has found no room. */
  void press(int size) {
    isPressed = pages.freeBytes() > 2L * size + GAIN_BYTES_MIN;
  }

  private boolean isFragmented() {
    return isPressed || pages.freeBytes() > Math.max(FREE_BYTES_MIN, pages.pageBytes() >> 3);
  }

  private int blocksOfStep() {
    if (isPressed || 5 * pages.freeBytes() > pages.pageBytes()) {
      return 6 * BLOCKS_A_STEP;
    }
    return 6 * pages.freeBytes() > pages.pageBytes() ? 2 * BLOCKS_A_STEP : BLOCKS_A_STEP;
  }

  private void search() {
    int end = Math.min(pages.indexes(), index + PAGES_A_STEP);
    for (; index < end; index++) {
      // The current page is worth closing only for a good part of it.
      int free = pages.freeInPage(index);
      int shareLog = pages.isCurrent(index) && !isPressed ? 2 : 4;
      boolean isWorthIt = free > Math.max(GAIN_BYTES_MIN, pages.pageLength(index) >> shareLog);
      if (isWorthIt && (candidate == PageStore.NONE || free > pages.freeInPage(candidate))) {
        candidate = index;
      }
    }
    if (index == pages.indexes()) {
      choose();
    }
  }

  private void choose() {
    if (candidate == PageStore.NONE) {
      phase = Phase.IDLE;
      isPressed = false;
      return;
    }
    pages.beginEmptying(candidate);
    phase = Phase.UNLISTING;
    cursor = 0;
  }

  private void work(int blocks) {
    int length = pages.pageLength(candidate);
    int left = blocks;
    while (left > 0) {
      if (cursor + SizeClasses.BLOCK_BYTES_MIN > length) {
        endWalk();
        return;
      }
      int reference = PageStore.reference(candidate, cursor);
      int blockBytes = pages.unlist(reference);
      if (phase == Phase.EMPTYING && !move(reference)) {
        return;
      }
      cursor += blockBytes;
      left -= 1 + (blockBytes >> BYTES_OF_A_BLOCK_LOG);
    }
  }

  private void endWalk() {
    cursor = 0;
    if (phase == Phase.UNLISTING) {
      phase = Phase.EMPTYING;
    } else {
      pages.endEmptying();
      isPressed = false;
      phase = Phase.IDLE;
    }
  }

  /** False if the map can have no page more. */
  private boolean move(int reference) {
    byte[] page = pages.page(reference);
    int at = pages.offset(reference);
    if (PageStore.isFree(page, at)) {
      return true;
    }
    int size = EntryBytes.size(page, at);
    int bytesAhead = pages.pageLength(candidate) - pages.freeInPage(candidate);
    int target = pages.allocateInExchange(size, bytesAhead);
    if (target == PageStore.NONE) {
      return false;
    }
    System.arraycopy(page, at, pages.page(target), pages.offset(target), size);
    table.relocate(reference, target);
    if (EntryBytes.hasDeadline(page, at)) {
      wheel.moved(target);
    }
    pages.free(reference);
    movedBytes += size;
    return true;
  }
}
