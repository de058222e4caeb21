package io.shardgrid.bucket;

import static io.shardgrid.bucket.BucketMap.NO_DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.ConcurrentShardAccessException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Overlapping uses of one map are refused, and leave it usable. */
class BucketMapOverlapTest {

  private final BucketMap map = TestMaps.map(42, PageBudget.unlimited());
  private final ExecutorService other = Executors.newFixedThreadPool(2);

  @BeforeEach
  void putEntries() {
    for (int i = 0; i < 100; i++) {
      map.put(TestKeys.key(i), new byte[10], i, NO_DEADLINE);
    }
  }

  @AfterEach
  void stopOther() {
    other.shutdownNow();
  }

  @Test
  void refusesEveryWriteInsideAScan() {
    assertRefusedInScan(() -> map.put(TestKeys.key(1), new byte[10], 2, NO_DEADLINE));
    assertRefusedInScan(() -> map.remove(TestKeys.key(1)));
    assertRefusedInScan(() -> map.remove(TestKeys.key(1_000)));
    assertRefusedInScan(() -> map.expire(TestKeys.key(1), 2, 3));
    assertRefusedInScan(map::clear);
    assertThat(map.entries()).isEqualTo(100);
    assertThat(map.version(map.find(TestKeys.key(1)))).isEqualTo(1);
    assertThat(map.remove(TestKeys.key(1))).isTrue();
  }

  @Test
  void refusesAnotherThreadDuringAScan() throws InterruptedException, ExecutionException {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch tried = new CountDownLatch(1);
    Future<?> scan = other.submit(() -> map.scan(0, 1, (scanned, entry) -> pause(inside, tried)));
    inside.await();
    assertRefused(() -> map.put(TestKeys.key(1), new byte[10], 2, NO_DEADLINE));
    assertRefused(() -> map.remove(TestKeys.key(1)));
    assertRefused(() -> map.find(TestKeys.key(1)));
    assertRefused(() -> map.version(0));
    assertRefused(() -> map.scan(0, 1, (scanned, entry) -> {}));
    tried.countDown();
    scan.get();
    assertThat(map.find(TestKeys.key(1))).isNotEqualTo(BucketMap.ABSENT);
  }

  @Test
  void isUsableAfterAVisitorFailed() {
    assertThatThrownBy(
            () ->
                map.scan(
                    0,
                    1,
                    (scanned, entry) -> {
                      throw new IllegalStateException("visitor");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(map.remove(TestKeys.key(1))).isTrue();
  }

  @Test
  void noticesAReaderAndAWriterThatDoNotTakeTurns() throws InterruptedException {
    byte[] key = TestKeys.key(1);
    assertNoticed(() -> map.find(key), () -> map.expire(key, 1, 3));
  }

  @Test
  void noticesTwoWritersThatDoNotTakeTurns() throws InterruptedException {
    byte[] key = TestKeys.key(1);
    assertNoticed(() -> map.expire(key, 1, 3), () -> map.expire(key, 2, 3));
  }

  private void assertNoticed(Runnable one, Runnable another) throws InterruptedException {
    AtomicBoolean noticed = new AtomicBoolean();
    CountDownLatch done = new CountDownLatch(2);
    other.execute(() -> useUntilRefused(one, noticed, done));
    other.execute(() -> useUntilRefused(another, noticed, done));
    done.await();
    assertThat(noticed).isTrue();
  }

  private static void useUntilRefused(Runnable use, AtomicBoolean noticed, CountDownLatch done) {
    try {
      for (long i = 0; i < 100_000_000 && !noticed.get(); i++) {
        use.run();
      }
    } catch (ConcurrentShardAccessException e) {
      noticed.set(true);
    } finally {
      done.countDown();
    }
  }

  private void assertRefusedInScan(Runnable write) {
    assertRefused(() -> map.scan(0, 1, (scanned, entry) -> write.run()));
  }

  private static void assertRefused(Runnable use) {
    assertThatThrownBy(use::run).isInstanceOf(ConcurrentShardAccessException.class);
  }

  private static void pause(CountDownLatch inside, CountDownLatch tried) {
    inside.countDown();
    try {
      tried.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
