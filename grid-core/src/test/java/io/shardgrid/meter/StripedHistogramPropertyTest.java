package io.shardgrid.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

final class StripedHistogramPropertyTest {

  @Property
  void putsEveryNumberIntoTheClassWhoseBoundsHoldIt(@ForAll long number) {
    for (Buckets buckets : List.of(Buckets.ofNanos(), Buckets.ofCounts(), new Buckets(3, 4, 5))) {
      int index = buckets.indexOf(number);
      assertThat(index).isBetween(0, buckets.count() - 1);
      if (index < buckets.count() - 1) {
        assertThat(number).isLessThanOrEqualTo(buckets.bound(index));
      }
      if (index > 0) {
        assertThat(number).isGreaterThan(buckets.bound(index - 1));
      }
    }
  }

  @Property
  void putsBoundsIntoTheirOwnClassAndWhatIsAboveIntoTheNext(
      @ForAll @IntRange(min = 0, max = 21) int at) {
    Buckets buckets = Buckets.ofNanos();
    assertThat(buckets.indexOf(buckets.bound(at))).isEqualTo(at);
    assertThat(buckets.indexOf(buckets.bound(at) + 1)).isEqualTo(at + 1);
  }

  @Property
  void countsEveryNumberOnceAndSumsThemUp(
      @ForAll @Size(max = 300) List<@LongRange(min = 0, max = 20_000_000_000L) Long> numbers) {
    StripedHistogram histogram = new StripedHistogram(Buckets.ofNanos());
    numbers.forEach(histogram::add);
    HistogramCounts counts = histogram.counts();
    assertThat(counts.count()).isEqualTo(numbers.size());
    assertThat(counts.sum()).isEqualTo(numbers.stream().mapToLong(Long::longValue).sum());
    for (int i = 0; i < counts.bounds().length; i++) {
      long bound = counts.bounds()[i];
      assertThat(Arrays.stream(counts.counts(), 0, i + 1).sum())
          .as("not above %d", bound)
          .isEqualTo(numbers.stream().filter(number -> number <= bound).count());
    }
  }

  @Example
  void losesNothingThatSeveralThreadsAdd() throws InterruptedException {
    StripedHistogram histogram = new StripedHistogram(Buckets.ofCounts());
    List<Thread> threads =
        List.of(1, 3, 100, 100, 5_000).stream()
            .map(
                number ->
                    new Thread(
                        () -> {
                          for (int i = 0; i < 20_000; i++) {
                            histogram.add(number);
                          }
                        }))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    HistogramCounts counts = histogram.counts();
    assertThat(counts.sum()).isEqualTo(20_000L * (1 + 3 + 100 + 100 + 5_000));
    assertThat(counts.counts()[0]).isEqualTo(20_000);
    assertThat(counts.counts()[7]).as("65 to 128").isEqualTo(40_000);
    assertThat(counts.counts()[counts.bounds().length]).as("above all bounds").isEqualTo(20_000);
  }

  @Example
  void hasBoundsThatAscendOnly() {
    assertThatThrownBy(() -> new Buckets(1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Buckets(0)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Buckets.ofNanos().bound(0)).isEqualTo(1_000);
    assertThat(Buckets.ofNanos().bound(21)).isEqualTo(10_000_000_000L);
    assertThat(Buckets.ofCounts().bound(12)).isEqualTo(4_096);
  }
}
