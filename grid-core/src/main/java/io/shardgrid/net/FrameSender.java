package io.shardgrid.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.shardgrid.link.Batch;
import io.shardgrid.link.Lane;
import io.shardgrid.link.Outbox;
import io.shardgrid.wire.WireFormat;
import io.shardgrid.wire.WireWriter;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties a connection's outbox into frames, so that many items make few writes and flushes.
 *
 * <p>Any thread may offer; all else is confined to the channel's event loop.
 */
final class FrameSender<T> implements Runnable {

  /* One run is on its way at a time (isScheduled), and it takes all that has gathered meanwhile.
   * While the event loop reads from this connection, what it offers waits for the end of the read.
   * While the channel is not writable nothing is taken: what waits is bounded by the outbox, and
   * what the channel holds by its high-water mark and one frame.
   */

  private static final Logger LOG = LoggerFactory.getLogger(FrameSender.class);

  /** After so many frames the event loop turns to its other connections. */
  private static final int FRAMES_PER_TURN = 16;

  /** Writes one item. */
  interface ItemWriter<T> {
    void write(WireWriter out, T item, long nowNanos);
  }

  private final Channel channel;
  private final Outbox<T> outbox;
  private final ItemWriter<T> writer;
  private final int frameBytes;
  private final LinkCounters counters;
  private final LongAdder dropped;
  private final AtomicBoolean isScheduled = new AtomicBoolean();
  private final Batch<T> batch = new Batch<>();
  private final WireWriter items = new WireWriter(0);
  private boolean isReading;
  private boolean isStalled;

  /**
   * A sender for one connection.
   *
   * @param frameBytes bytes of a usual frame, for whose items memory is kept from frame to frame
   */
  FrameSender(
      Channel channel,
      Outbox<T> outbox,
      ItemWriter<T> writer,
      int frameBytes,
      LinkCounters counters,
      LongAdder dropped) {
    this.channel = channel;
    this.outbox = outbox;
    this.writer = writer;
    this.frameBytes = frameBytes;
    this.counters = counters;
    this.dropped = dropped;
  }

  /** Takes an item if it fits. Any thread. */
  boolean offer(Lane lane, T item, int bytes) {
    boolean isTaken = outbox.offer(lane, item, bytes);
    if (isTaken) {
      wake();
    }
    return isTaken;
  }

  /** Takes an item even beyond the bound, up to twice of it. Any thread. */
  boolean offerReserve(Lane lane, T item, int bytes) {
    boolean isTaken = outbox.offerReserve(lane, item, bytes);
    if (isTaken) {
      wake();
    }
    return isTaken;
  }

  /** Bytes that wait to be sent. Any thread. */
  long waitingBytes() {
    return outbox.bytes();
  }

  private void wake() {
    if (channel.eventLoop().inEventLoop() && isReading) {
      return;
    }
    if (!isScheduled.get() && isScheduled.compareAndSet(false, true)) {
      execute(this);
    }
  }

  private void execute(Runnable task) {
    try {
      channel.eventLoop().execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("event loop has ended, its connections with it: channel={}", channel, e);
    }
  }

  /** The event loop reads from this connection until {@link #endRead}. */
  void beginRead() {
    isReading = true;
  }

  /** Sends what the items that were read have brought about. */
  void endRead() {
    isReading = false;
    if (outbox.isReady() && isScheduled.compareAndSet(false, true)) {
      run();
    }
  }

  /** Goes on when the channel has become writable. */
  void resume() {
    if (isStalled && channel.isWritable()) {
      isStalled = false;
      run();
    }
  }

  @Override
  public void run() {
    drain();
    if (outbox.isReady()) {
      isStalled = !channel.isWritable();
      if (!isStalled) {
        execute(this);
      }
      return;
    }
    isScheduled.set(false);
    if (outbox.isReady()) {
      wake();
    }
  }

  private void drain() {
    int left = FRAMES_PER_TURN;
    boolean hasWritten;
    do {
      hasWritten = false;
      while (left > 0 && channel.isWritable() && writeFrame()) {
        hasWritten = true;
        left--;
      }
      if (hasWritten) {
        channel.flush();
      }
    } while (hasWritten && left > 0);
  }

  private boolean writeFrame() {
    Lane lane = outbox.takeBatch(batch);
    if (lane == null) {
      return false;
    }
    long nowNanos = System.nanoTime();
    for (int i = 0; i < batch.items().size(); i++) {
      writeItem(batch.items().get(i), nowNanos);
    }
    ByteBuf frame = Frames.frame(channel.alloc(), type(lane), items);
    counters.framesSent.increment();
    counters.bytesSent.add(frame.readableBytes());
    counters.batches(lane).add(batch.items().size(), frame.readableBytes());
    items.clear(frameBytes);
    batch.clear();
    channel.write(frame, channel.voidPromise());
    return true;
  }

  /** An item that cannot be written is left out: those before and behind it are not to blame. */
  private void writeItem(T item, long nowNanos) {
    int start = items.length();
    try {
      writer.write(items, item, nowNanos);
    } catch (RuntimeException e) {
      items.truncate(start);
      dropped.increment();
      LOG.error("item cannot be written: item={}", item.getClass().getSimpleName(), e);
    }
  }

  private static int type(Lane lane) {
    return switch (lane) {
      case OPERATIONS -> WireFormat.OPERATIONS;
      case ANSWERS -> WireFormat.ANSWERS;
      case REPLICATION -> WireFormat.REPLICATION;
      case COPIES -> WireFormat.COPIES;
    };
  }

  /**
   * Drops what waits, for the connection is closed.
   *
   * @param whenSpent run when no offer can succeed any more and none is under way
   */
  void dispose(Runnable whenSpent) {
    outbox.seal();
    while (outbox.takeBatch(batch) != null) {
      dropped.add(batch.items().size());
      batch.clear();
    }
    if (!outbox.isSpent()) {
      execute(() -> dispose(whenSpent));
    } else {
      whenSpent.run();
    }
  }
}
