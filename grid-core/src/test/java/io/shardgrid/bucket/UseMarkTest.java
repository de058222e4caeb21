package io.shardgrid.bucket;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.ConcurrentShardAccessException;
import org.junit.jupiter.api.Test;

class UseMarkTest {

  private final UseMark mark = new UseMark();

  @Test
  void allowsUsesOneAfterTheOther() {
    assertThatCode(
            () -> {
              mark.endRead(mark.beginRead());
              mark.beginWrite();
              mark.endWrite();
              mark.endScan(mark.beginScan());
              mark.beginWrite();
              mark.endWrite();
            })
        .doesNotThrowAnyException();
  }

  @Test
  void allowsReadsAndScansInsideAScan() {
    int outer = mark.beginScan();
    mark.endRead(mark.beginRead());
    mark.checkRead();
    mark.endScan(mark.beginScan());
    mark.checkRead();
    mark.endScan(outer);
    mark.beginWrite();
    mark.endWrite();
  }

  @Test
  void refusesAWriteInsideAScan() {
    mark.beginScan();
    assertOverlap(mark::beginWrite);
  }

  @Test
  void refusesEveryUseInsideAWrite() {
    mark.beginWrite();
    assertOverlap(mark::beginWrite);
    assertOverlap(mark::beginRead);
    assertOverlap(mark::beginScan);
    assertOverlap(mark::checkRead);
    mark.endWrite();
  }

  @Test
  void refusesEveryUseInsideARead() {
    int outer = mark.beginRead();
    assertOverlap(mark::beginWrite);
    assertOverlap(mark::beginRead);
    assertOverlap(mark::beginScan);
    mark.endRead(outer);
  }

  @Test
  void seesAtItsEndThatItsMarkIsGone() {
    mark.beginWrite();
    mark.endWrite();
    assertOverlap(mark::endWrite);
    assertOverlap(() -> mark.endRead(0));
    assertOverlap(() -> mark.endScan(0));
  }

  private static void assertOverlap(Runnable use) {
    assertThatThrownBy(use::run)
        .isInstanceOf(ConcurrentShardAccessException.class)
        .hasMessageContaining("overlap");
  }
}
