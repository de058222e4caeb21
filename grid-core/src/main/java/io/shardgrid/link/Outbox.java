package io.shardgrid.link;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent on one connection: bounded in bytes, packed into frames, lanes in turns.
 *
 * <p>Any thread may offer; one at a time may take. Offering never waits: a full outbox refuses.
 * Within a lane the order of offers is the order of frames.
 */
public final class Outbox<T> {

  /* Bytes are reserved before an item is linked and given back when it is taken, in one counter
   * for all lanes. Sealing adds SEALED to that counter, so that no reservation succeeds from then
   * on; as soon as the counter is back at SEALED, no producer is between its two steps.
   */

  private static final long SEALED = 1L << 60;
  private static final Lane[] LANES = Lane.values();

  private final List<ParcelQueue<T>> queues = new ArrayList<>();
  private final AtomicLong reserved = new AtomicLong();
  private final long bytesMax;
  private final int frameBytes;
  private int turn;

  /**
   * An empty outbox.
   *
   * @param bytesMax most bytes that wait
   * @param frameBytes most bytes of a frame's items; a larger item has a frame of its own
   */
  public Outbox(long bytesMax, int frameBytes) {
    if (bytesMax <= 0 || bytesMax > SEALED / 4 || frameBytes <= 0) {
      throw new IllegalArgumentException(
          "bounds make no sense: bytesMax=" + bytesMax + ", frameBytes=" + frameBytes);
    }
    this.bytesMax = bytesMax;
    this.frameBytes = frameBytes;
    for (int i = 0; i < LANES.length; i++) {
      queues.add(new ParcelQueue<>());
    }
  }

  /**
   * Puts an item at the end of a lane.
   *
   * @param bytes most bytes that it takes on the wire, at least 1
   * @return false if it does not fit, or the outbox is sealed
   */
  public boolean offer(Lane lane, T item, int bytes) {
    return add(lane, item, bytes, bytesMax);
  }

  /** As {@link #offer}, up to twice the bound: for small items that ought not to be refused. */
  public boolean offerReserve(Lane lane, T item, int bytes) {
    return add(lane, item, bytes, 2 * bytesMax);
  }

  private boolean add(Lane lane, T item, int bytes, long max) {
    if (!reserve(bytes, max)) {
      return false;
    }
    queues.get(lane.turn).add(item, bytes);
    return true;
  }

  private boolean reserve(int bytes, long max) {
    if (bytes <= 0) {
      throw new IllegalArgumentException("not a size: bytes=" + bytes);
    }
    long before;
    do {
      before = reserved.get();
      if (before + bytes > max) {
        return false;
      }
    } while (!reserved.compareAndSet(before, before + bytes));
    return true;
  }

  /** Whether a frame can be taken. */
  public boolean isReady() {
    for (int i = 0; i < queues.size(); i++) {
      if (queues.get(i).peek() != null) {
        return true;
      }
    }
    return false;
  }

  /** Bytes that wait. */
  public long bytes() {
    return reserved.get() & (SEALED - 1);
  }

  /**
   * Takes the items of the next frame, from the lane whose turn it is.
   *
   * @param batch where they are added
   * @return their lane; null if there is nothing to take
   */
  public @Nullable Lane takeBatch(Batch<T> batch) {
    batch.clear();
    for (int i = 0; i < queues.size(); i++) {
      int lane = (turn + i) % queues.size();
      if (fill(queues.get(lane), batch)) {
        turn = lane + 1;
        return LANES[lane];
      }
    }
    return null;
  }

  private boolean fill(ParcelQueue<T> queue, Batch<T> batch) {
    ParcelQueue.Parcel<T> next = queue.peek();
    while (next != null && (batch.isEmpty() || batch.bytes() + next.bytes() <= frameBytes)) {
      batch.add(queue.take(next), next.bytes());
      next = queue.peek();
    }
    reserved.addAndGet(-batch.bytes());
    return !batch.isEmpty();
  }

  /** Refuses every item from now on. */
  public void seal() {
    long before;
    do {
      before = reserved.get();
      if (before >= SEALED) {
        return;
      }
    } while (!reserved.compareAndSet(before, before + SEALED));
  }

  /** Whether it is sealed, all items have been taken, and no offer is under way. */
  public boolean isSpent() {
    return reserved.get() == SEALED;
  }
}
