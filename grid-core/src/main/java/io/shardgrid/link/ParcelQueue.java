package io.shardgrid.link;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What waits on one lane, in the order in which it was added.
 *
 * <p>Any thread may add; one at a time may look and take. Nothing waits, and nothing is bounded.
 */
final class ParcelQueue<T> {

  /* A linked queue for many producers and one consumer (Vyukov, "Non-intrusive MPSC node-based
   * queue", 1024cores.net): a producer swaps itself in as the tail, then links the one before to
   * itself. The parcel taken last stays as the head, without its item. Between the two steps the
   * consumer sees the queue end early, which is harmless: the producer has yet to wake the
   * consumer. One allocation for each item, no lock.
   *
   * A parcel that was taken lets go of the one behind it. (Without: one that got old enough to
   * leave the young generation keeps every parcel that is ever added behind it alive, until the
   * old generation is collected; each young collection copies them, and on one thread, for a chain
   * is followed from its one end.)
   */

  /** An item, and the parcel behind it. */
  static final class Parcel<T> {

    private static final VarHandle NEXT;

    static {
      try {
        NEXT = MethodHandles.lookup().findVarHandle(Parcel.class, "next", Parcel.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    /** Null once it is taken. */
    private @Nullable T item;

    private final int bytes;
    private volatile @Nullable Parcel<T> next;

    private Parcel(@Nullable T item, int bytes) {
      this.item = item;
      this.bytes = bytes;
    }

    int bytes() {
      return bytes;
    }

    /** The parcel behind it; null if there is none yet, or none any more. */
    @Nullable Parcel<T> next() {
      return next;
    }
  }

  private final AtomicReference<Parcel<T>> tail;

  /** The parcel taken last; confined to the consumer. */
  private Parcel<T> head = new Parcel<>(null, 0);

  ParcelQueue() {
    tail = new AtomicReference<>(head);
  }

  void add(T item, int bytes) {
    Parcel<T> parcel = new Parcel<>(item, bytes);
    tail.getAndSet(parcel).next = parcel;
  }

  /** The parcel taken last. */
  Parcel<T> head() {
    return head;
  }

  /** The next to be taken; null if there is none. */
  @Nullable Parcel<T> peek() {
    return head.next;
  }

  /** Takes the item of the parcel that {@link #peek} has just returned. */
  T take(Parcel<T> parcel) {
    T item = parcel.item;
    if (item == null) {
      throw new IllegalStateException("parcel was taken before");
    }
    parcel.item = null;
    // No fence: nobody but this thread looks at the head, and its producer is done with it.
    Parcel.NEXT.setRelease(head, null);
    head = parcel;
    return item;
  }
}
