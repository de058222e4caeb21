package io.shardgrid.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PageStoreTest {

  private static final byte[] NO_KEY = {};

  private final PageBudget budget = PageBudget.unlimited();
  private final Reservation reservation = new Reservation(budget);
  private final PageStore pages = new PageStore(reservation);

  @Test
  void startsSmallAndKeepsReferencesWhileThePageGrows() {
    int first = store(new byte[] {1, 2, 3});
    assertThat(reservation.bytes()).isEqualTo(512);
    for (int i = 0; i < 4_000; i++) {
      store(new byte[20]);
    }
    assertThat(pages.pageLength(0)).isEqualTo(PageStore.PAGE_BYTES_MAX);
    assertThat(value(first)).containsExactly(1, 2, 3);
  }

  @Test
  void handsOutAFreedBlockOfTheClassFirst() {
    int first = store(new byte[50]);
    int second = store(new byte[51]);
    store(new byte[50]);
    pages.free(first);
    pages.free(second);
    assertThat(store(new byte[52])).isEqualTo(second);
    assertThat(store(new byte[50])).isEqualTo(first);
  }

  @Test
  void leavesEveryPageWalkableBlockByBlock() {
    Random random = new Random(5);
    List<Integer> live = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      if (live.size() > 500 && random.nextBoolean()) {
        int at = random.nextInt(live.size());
        pages.free(live.get(at));
        live.set(at, live.get(live.size() - 1));
        live.remove(live.size() - 1);
      } else {
        live.add(store(new byte[random.nextInt(10) == 0 ? random.nextInt(16_000) : 100]));
      }
    }
    Map<Integer, Integer> ends = new HashMap<>();
    for (int reference : live) {
      int page = reference - offsetInPage(reference) / Layout.BLOCK_ALIGNMENT;
      int end = offsetInPage(reference) + pages.size(reference);
      ends.merge(page, end, Math::max);
    }
    Set<Integer> met = new HashSet<>();
    ends.forEach((page, end) -> walk(page, end, met));
    assertThat(met).containsExactlyInAnyOrderElementsOf(live);
  }

  @Test
  void changesNothingWhenTheBudgetRefuses() {
    Reservation tight = new Reservation(PageBudget.of(1_024));
    PageStore refused = new PageStore(tight);
    assertThat(refused.allocate(100)).isNotEqualTo(PageStore.NONE);
    assertThat(refused.allocate(2_000)).isEqualTo(PageStore.NONE);
    assertThat(refused.allocate(100_000)).isEqualTo(PageStore.NONE);
    assertThat(tight.bytes()).isEqualTo(512);
    assertThat(refused.allocate(100)).isNotEqualTo(PageStore.NONE);
    assertThat(refused.allocateOverdrawn(2_000)).isNotEqualTo(PageStore.NONE);
  }

  /** Adds the references of the live blocks of a page to {@code met}, to the given end. */
  private void walk(int firstReference, int end, Set<Integer> met) {
    byte[] page = pages.page(firstReference);
    int start = pages.offset(firstReference);
    int at = start;
    while (at - start < end) {
      int sizeClass;
      if (PageStore.isFree(page, at)) {
        sizeClass = Layout.unsignedByteAt(page, at + Layout.FREE_SIZE_CLASS_OFFSET);
      } else {
        sizeClass = SizeClasses.of(EntryBytes.size(page, at));
        met.add(firstReference + (at - start) / Layout.BLOCK_ALIGNMENT);
      }
      at += SizeClasses.bytes(sizeClass);
    }
  }

  private static int offsetInPage(int reference) {
    return reference % (1 << 15) * Layout.BLOCK_ALIGNMENT;
  }

  private int store(byte[] value) {
    return TestMaps.store(pages, NO_KEY, value);
  }

  private byte[] value(int reference) {
    byte[] page = pages.page(reference);
    int from = EntryBytes.valueOffset(page, pages.offset(reference));
    int length = EntryBytes.valueLength(page, pages.offset(reference));
    return Arrays.copyOfRange(page, from, from + length);
  }
}
