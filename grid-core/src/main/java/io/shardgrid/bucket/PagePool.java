package io.shardgrid.bucket;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out pages of full size, for all maps that share a budget, and takes them back.
 *
 * <p>Thread-safe; O(1), but for a slab that is made by the caller where none was made ahead. The
 * bytes of a page may be any.
 */
public final class PagePool {

  /*
   * A page is a part of a slab, an array that fills one region of the heap. Under G1 such an array
   * is a humongous object, which is never moved. (Without: a page that is an array of its own is
   * young at first, and copied twice, to regions that were not used before perhaps, while the JVM
   * stands still. A node that takes over data is filled with nothing else: on a slow machine it
   * stood still for a seventh of that time.)
   *
   * Slabs are made ahead, by another thread, when half a slab of free pages is left: making one
   * touches memory for the first time, a page of the system after the other. As many are made at
   * once as are a sixteenth of what is in use: while the heap is small, G1 may begin a concurrent
   * cycle with each, but none while one is under way.
   *
   * Slabs with free pages are used up in turn, so that those where pages come back late have time
   * to become wholly free; those are forgotten, but for one. The pool knows no slab whose pages are
   * all in use: pages that are never given back go with the map that had them.
   */
  private static final Logger LOG = LoggerFactory.getLogger(PagePool.class);
  private static final int SLAB_BYTES_MIN = 1 << 20;
  private static final int SLAB_BYTES_MAX = 32 << 20;
  private static final int AHEAD_FRACTION = 16;
  private static final int SLAB_BYTES = regionBytes() - Layout.ARRAY_HEADER_BYTES;
  static final int PAGES_A_SLAB = SLAB_BYTES / PageStore.PAGE_BYTES_MAX;

  private final Executor maker;
  private final Set<Slab> open = new LinkedHashSet<>();
  private int freePages;
  private int usedPages;
  private int unused;
  private boolean isMaking;

  /**
   * A pool without slabs.
   *
   * @param maker makes slabs ahead
   */
  PagePool(Executor maker) {
    this.maker = maker;
  }

  /** An array of pages, and which of them are free. Confined to the pool's lock. */
  static final class Slab {

    private final byte[] bytes = new byte[SLAB_BYTES];
    private final NumberStack bases = new NumberStack();

    private Slab() {
      for (int i = PAGES_A_SLAB - 1; i >= 0; i--) {
        bases.push(i * PageStore.PAGE_BYTES_MAX);
      }
    }

    private Page take() {
      return new Page(bytes, bases.pop(), PageStore.PAGE_BYTES_MAX, this);
    }

    private void give(Page page) {
      bases.push(page.base());
    }

    private boolean isUsedUp() {
      return bases.count() == 0;
    }

    private boolean isUnused() {
      return bases.count() == PAGES_A_SLAB;
    }
  }

  /** A page, with whatever bytes are in it. */
  synchronized Page take() {
    if (open.isEmpty()) {
      add(new Slab());
    }
    Slab slab = open.iterator().next();
    if (slab.isUnused()) {
      unused--;
    }
    Page page = slab.take();
    freePages--;
    usedPages++;
    if (slab.isUsedUp()) {
      open.remove(slab);
    }
    if (freePages < PAGES_A_SLAB / 2 && !isMaking) {
      isMaking = true;
      int slabs = Math.max(1, usedPages / PAGES_A_SLAB / AHEAD_FRACTION);
      maker.execute(() -> make(slabs));
    }
    return page;
  }

  private void make(int slabs) {
    try {
      for (int i = 0; i < slabs; i++) {
        add(new Slab());
      }
    } catch (OutOfMemoryError e) {
      // Whoever needs a page will meet it.
      LOG.debug("no memory for a slab ahead", e);
    } finally {
      made();
    }
  }

  private synchronized void made() {
    isMaking = false;
  }

  private synchronized void add(Slab slab) {
    open.add(slab);
    freePages += PAGES_A_SLAB;
    unused++;
  }

  /** Takes a page back, which nobody may use any more. */
  synchronized void give(Page page) {
    Slab slab = page.slab();
    if (slab == null) {
      throw new IllegalArgumentException("not a page of a slab: length=" + page.length());
    }
    assert isScrambled(page);
    slab.give(page);
    open.add(slab);
    freePages++;
    usedPages--;
    if (slab.isUnused()) {
      unused++;
    }
    if (slab.isUnused() && unused > 1) {
      open.remove(slab);
      freePages -= PAGES_A_SLAB;
      unused--;
    }
  }

  /** Where assertions are on, whoever reads a page after its return finds rubbish. */
  private static boolean isScrambled(Page page) {
    Arrays.fill(page.bytes(), page.base(), page.base() + page.length(), (byte) 0xa5);
    return true;
  }

  /** Slabs with free pages. */
  synchronized int slabs() {
    return open.size();
  }

  /** Bytes of a region of the heap, or what suits where there are none. */
  private static int regionBytes() {
    try {
      HotSpotDiagnosticMXBean virtualMachine =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      long bytes = Long.parseLong(virtualMachine.getVMOption("G1HeapRegionSize").getValue());
      return bytes < SLAB_BYTES_MIN || bytes > SLAB_BYTES_MAX ? SLAB_BYTES_MIN : (int) bytes;
    } catch (IllegalArgumentException | LinkageError e) {
      LOG.debug("the virtual machine does not tell of regions", e);
      return SLAB_BYTES_MIN;
    }
  }
}
