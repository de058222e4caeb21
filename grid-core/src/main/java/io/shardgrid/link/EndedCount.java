package io.shardgrid.link;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what has ended of the operations that came by a link, and says when its sender is to be
 * told: for each quarter of what may be under way.
 *
 * <p>Any thread may count; one at a time may tell.
 */
public final class EndedCount {

  private static final int TOLD_SHARE = 4;

  private final long operationsStep;
  private final long bytesStep;
  private final AtomicLong operations = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean isTelling = new AtomicBoolean();
  private volatile long toldOperations;
  private volatile long toldBytes;

  /** Nothing has ended yet. */
  public EndedCount(LinkSettings settings) {
    this.operationsStep = Math.max(1, settings.operationsMax() / TOLD_SHARE);
    this.bytesStep = Math.max(1, settings.operationBytesMax() / TOLD_SHARE);
  }

  /**
   * One more operation has ended.
   *
   * @return whether the caller is to have {@link #tell} called
   */
  public boolean ended(int operationBytes) {
    operations.incrementAndGet();
    bytes.addAndGet(operationBytes);
    return isDue() && isTelling.compareAndSet(false, true);
  }

  private boolean isDue() {
    return operations.get() - toldOperations >= operationsStep
        || bytes.get() - toldBytes >= bytesStep;
  }

  /** Takes the totals that are told from here on. */
  public interface Word {
    void say(long operations, long bytes);
  }

  /** Tells the sender how much has ended so far, until it knows about all of it. */
  public void tell(Word word) {
    do {
      toldOperations = operations.get();
      toldBytes = bytes.get();
      word.say(toldOperations, toldBytes);
      isTelling.set(false);
    } while (isDue() && isTelling.compareAndSet(false, true));
  }
}
