package io.shardgrid.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class PagePoolTest {

  private final Deque<Runnable> ahead = new ArrayDeque<>();
  private final PagePool pool = new PagePool(ahead::add);

  @Test
  void handsOutEachPartOfASlabOnce() {
    List<Page> pages = take(3 * PagePool.PAGES_A_SLAB);
    for (int i = 0; i < pages.size(); i++) {
      Page page = pages.get(i);
      assertThat(page.length()).isEqualTo(PageStore.PAGE_BYTES_MAX);
      Arrays.fill(page.bytes(), page.base(), page.base() + page.length(), (byte) (1 + i));
    }
    for (int i = 0; i < pages.size(); i++) {
      Page page = pages.get(i);
      assertThat(page.bytes()[page.base()]).isEqualTo((byte) (1 + i));
      assertThat(page.bytes()[page.base() + page.length() - 1]).isEqualTo((byte) (1 + i));
    }
    assertThat(pages.stream().map(Page::slab).distinct()).hasSize(3);
    assertThat(pool.slabs()).isZero();
  }

  @Test
  void handsOutAgainWhatWasGivenBack() {
    List<Page> pages = take(2 * PagePool.PAGES_A_SLAB);
    Page page = pages.get(1);
    pool.give(page);
    assertThat(pool.slabs()).isEqualTo(1);
    Page again = pool.take();
    assertThat(again.slab()).isSameAs(page.slab());
    assertThat(again.base()).isEqualTo(page.base());
    assertThat(pool.slabs()).isZero();
  }

  /** So that every test that gives pages back would meet whoever goes on reading them. */
  @Test
  void scramblesWhatIsGivenBackWhereAssertionsAreOn() {
    Page page = pool.take();
    pool.give(page);
    assertThat(page.bytes()[page.base()]).isEqualTo((byte) 0xa5);
    assertThat(page.bytes()[page.base() + page.length() - 1]).isEqualTo((byte) 0xa5);
    assertThat(page.bytes()[page.base() + page.length()]).isZero();
  }

  @Test
  void keepsNoMoreThanOneSlabThatNobodyUses() {
    List<Page> pages = take(4 * PagePool.PAGES_A_SLAB);
    pages.forEach(pool::give);
    assertThat(pool.slabs()).isEqualTo(1);
    Page page = pool.take();
    pool.give(page);
    assertThat(pool.slabs()).isEqualTo(1);
  }

  @Test
  void fillsASlabThatIsInUseBeforeItMakesAnother() {
    List<Page> pages = take(PagePool.PAGES_A_SLAB + 1);
    pool.give(pages.get(0));
    List<Page> more = take(PagePool.PAGES_A_SLAB);
    assertThat(more).extracting(Page::slab).containsOnly(pages.get(0).slab(), lastOf(pages).slab());
  }

  @Test
  void hasASlabMadeAheadWhenHalfASlabIsLeft() {
    take(PagePool.PAGES_A_SLAB / 2);
    assertThat(ahead).isEmpty();
    pool.take();
    assertThat(ahead).hasSize(1);
    take(PagePool.PAGES_A_SLAB / 2 - 2);
    assertThat(ahead).hasSize(1);
    ahead.remove().run();
    assertThat(pool.slabs()).isEqualTo(2);
    take(PagePool.PAGES_A_SLAB / 2 + 1);
    assertThat(pool.slabs()).isEqualTo(1);
    assertThat(ahead).isEmpty();
    pool.take();
    assertThat(ahead).hasSize(1);
  }

  @Test
  void hasASixteenthOfWhatIsInUseMadeAhead() {
    take(32 * PagePool.PAGES_A_SLAB);
    assertThat(ahead).hasSize(1);
    ahead.remove().run();
    assertThat(pool.slabs()).isEqualTo(1);
    take(PagePool.PAGES_A_SLAB);
    ahead.remove().run();
    assertThat(pool.slabs()).isEqualTo(2);
  }

  @Test
  void takesNoPageThatIsNotOfASlab() {
    assertThatThrownBy(() -> pool.give(Page.ofOwn(new byte[512])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("512");
  }

  private static Page lastOf(List<Page> pages) {
    return pages.get(pages.size() - 1);
  }

  private List<Page> take(int count) {
    List<Page> pages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pages.add(pool.take());
    }
    return pages;
  }
}
