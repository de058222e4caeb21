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
              mark.checkRead();
              mark.endWrite(mark.beginWrite());
              mark.endScan(mark.beginScan());
              mark.endWrite(mark.beginWrite());
            })
        .doesNotThrowAnyException();
  }

  @Test
  void allowsReadsAndScansInsideAScan() {
    int outer = mark.beginScan();
    mark.checkRead();
    mark.checkRead();
    mark.endScan(mark.beginScan());
    mark.checkRead();
    mark.endScan(outer);
    mark.endWrite(mark.beginWrite());
  }

  @Test
  void refusesAWriteInsideAScan() {
    mark.beginScan();
    assertOverlap(mark::beginWrite);
  }

  @Test
  void refusesAWriteInsideAnInnerScan() {
    int outer = mark.beginScan();
    mark.endScan(mark.beginScan());
    assertOverlap(mark::beginWrite);
    mark.endScan(outer);
    mark.endWrite(mark.beginWrite());
  }

  @Test
  void refusesEveryUseInsideAWrite() {
    int write = mark.beginWrite();
    assertOverlap(mark::beginWrite);
    assertOverlap(mark::beginScan);
    assertOverlap(mark::checkRead);
    mark.endWrite(write);
  }

  @Test
  void seesAtItsEndThatAnotherWriteCameAndWent() {
    int write = mark.beginWrite();
    mark.endWrite(write);
    mark.beginWrite();
    assertOverlap(() -> mark.endWrite(write));
  }

  @Test
  void seesAtItsEndThatItsMarkIsGone() {
    int write = mark.beginWrite();
    mark.endWrite(write);
    assertOverlap(() -> mark.endWrite(write));
    int scan = mark.beginScan();
    mark.endScan(scan);
    assertOverlap(() -> mark.endScan(scan));
  }

  private static void assertOverlap(Runnable use) {
    assertThatThrownBy(use::run)
        .isInstanceOf(ConcurrentShardAccessException.class)
        .hasMessageContaining("overlap");
  }
}
