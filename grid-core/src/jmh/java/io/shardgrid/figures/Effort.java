package io.shardgrid.figures;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a piece of work took of the one thread that did it. Immutable.
 *
 * @param cpuNanos time of a processor: waiting does not count
 * @param allocatedBytes bytes of objects that were made
 */
public record Effort(long cpuNanos, long allocatedBytes) {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The effort of this work. */
  public static Effort of(Runnable work) {
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long nanos = THREADS.getCurrentThreadCpuTime();
    work.run();
    return new Effort(
        THREADS.getCurrentThreadCpuTime() - nanos,
        THREADS.getCurrentThreadAllocatedBytes() - bytes);
  }

  /** The median, by time, of some runs; a first one, to warm up, does not count. */
  public static Effort median(int rounds, Supplier<Runnable> work) {
    work.get().run();
    List<Effort> efforts = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      efforts.add(of(work.get()));
    }
    efforts.sort(Comparator.comparingLong(Effort::cpuNanos));
    return efforts.get(rounds / 2);
  }

  /** The effort of one of so many equal pieces. */
  public Effort dividedBy(int pieces) {
    return new Effort(cpuNanos / pieces, allocatedBytes / pieces);
  }

  /** The time, such as {@code 4.25 ms}. */
  public String time() {
    return Amounts.nanos((double) cpuNanos);
  }

  /** The bytes, such as {@code 4.25 MB}. */
  public String bytes() {
    return Amounts.bytes((double) allocatedBytes);
  }
}
