package io.shardgrid.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class SendCreditTest {

  private static final int THREADS = 3;
  private static final int EACH = 20_000;
  private static final int MAX = 10;
  private static final int BYTES = 7;

  @Test
  void coversSoManyOperationsAndBytes() {
    SendCredit credit = new SendCredit(3, 100);
    assertThat(credit.take(50)).isTrue();
    assertThat(credit.take(51)).isFalse();
    assertThat(credit.take(50)).isTrue();
    assertThat(credit.ended(1, 50)).as("one was refused").isTrue();
    assertThat(credit.take(1)).isTrue();
    assertThat(credit.take(1)).isTrue();
    assertThat(credit.take(1)).as("three are under way").isFalse();
  }

  @Test
  void saysOnlyOnceThatSomebodyMayTryAgain() {
    SendCredit credit = new SendCredit(1, 100);
    assertThat(credit.take(1)).isTrue();
    assertThat(credit.ended(0, 0)).isFalse();
    assertThat(credit.take(1)).isFalse();
    assertThat(credit.ended(1, 1)).isTrue();
    assertThat(credit.ended(1, 1)).isFalse();
  }

  @Test
  void givesBackWhatWasNotSent() {
    SendCredit credit = new SendCredit(1, 100);
    assertThat(credit.take(100)).isTrue();
    credit.giveBack(100);
    assertThat(credit.take(100)).isTrue();
  }

  /**
   * Whoever is refused waits for the word that there is room: if one were missing, it would hang.
   */
  @Test
  @Timeout(60)
  void neitherExceedsItsBoundNorForgetsWhoWaits() throws InterruptedException {
    SendCredit credit = new SendCredit(MAX, MAX * BYTES);
    LinkSettings settings = settings();
    EndedCount ended = new EndedCount(settings);
    ConcurrentLinkedQueue<Integer> arrived = new ConcurrentLinkedQueue<>();
    AtomicLong ready = new AtomicLong();
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      senders.add(new Thread(() -> send(credit, arrived, ready)));
    }
    senders.forEach(Thread::start);
    int most = 0;
    for (int left = THREADS * EACH; left > 0; ) {
      most = Math.max(most, arrived.size());
      if (arrived.poll() != null) {
        left--;
        if (ended.ended(BYTES)) {
          ended.tell(
              (operations, bytes) -> ready.addAndGet(credit.ended(operations, bytes) ? 1 : 0));
        }
      }
    }
    for (Thread sender : senders) {
      sender.join();
    }
    assertThat(most).isBetween(1, MAX);
  }

  private static void send(
      SendCredit credit, ConcurrentLinkedQueue<Integer> arrived, AtomicLong ready) {
    for (int i = 0; i < EACH; i++) {
      long seen = ready.get();
      while (!credit.take(BYTES)) {
        while (ready.get() == seen) {
          Thread.onSpinWait();
        }
        seen = ready.get();
      }
      arrived.add(BYTES);
    }
  }

  private static LinkSettings settings() {
    return new LinkSettings(
        4096,
        1 << 20,
        1 << 20,
        MAX,
        MAX * BYTES,
        java.time.Duration.ofSeconds(1),
        java.time.Duration.ofSeconds(1),
        java.time.Duration.ofSeconds(1),
        java.time.Duration.ofSeconds(1),
        java.time.Duration.ofSeconds(2));
  }
}
