package io.shardgrid.node.resp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.shardgrid.wire.resp.RespWriter;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replies of one connection in the order of its commands, many in one buffer. Confined to the
 * connection's event loop.
 */
final class Replies {

  private static final Logger LOG = LoggerFactory.getLogger(Replies.class);
  private static final int FIRST_BYTES = 256;

  private final ByteBufAllocator buffers;
  private final Queue<Call> waiting = new ArrayDeque<>();
  private @Nullable ByteBuf out;

  Replies(ByteBufAllocator buffers) {
    this.buffers = buffers;
  }

  /** Takes up a call behind all others; one that has ended and is the first is written at once. */
  void add(Call call) {
    if (waiting.isEmpty() && call.isEnded()) {
      write(call);
    } else {
      waiting.add(call);
    }
  }

  /** Writes the calls at the head that have ended until about {@code bytesMax} are gathered. */
  void gather(int bytesMax) {
    while (bytes() < bytesMax) {
      Call head = waiting.peek();
      if (head == null || !head.isEnded()) {
        return;
      }
      waiting.remove();
      write(head);
    }
  }

  /** Calls that wait for their reply to be written. */
  int size() {
    return waiting.size();
  }

  /** Whether the call at the head has ended, so that there is more to gather. */
  boolean isMoreReady() {
    Call head = waiting.peek();
    return head != null && head.isEnded();
  }

  /** Bytes written and not taken. */
  int bytes() {
    ByteBuf written = out;
    return written == null ? 0 : written.readableBytes();
  }

  /** Where replies, and pushes between them, are written. */
  ByteBuf out() {
    ByteBuf written = out;
    if (written == null) {
      written = buffers.directBuffer(FIRST_BYTES);
      out = written;
    }
    return written;
  }

  /** Hands over what is written. */
  @Nullable ByteBuf take() {
    ByteBuf written = out;
    out = null;
    return written;
  }

  /** Drops everything. */
  void release() {
    waiting.clear();
    ByteBuf written = take();
    if (written != null) {
      written.release();
    }
  }

  private void write(Call call) {
    ByteBuf to = out();
    int start = to.writerIndex();
    try {
      call.write(to);
    } catch (RuntimeException e) {
      LOG.error("A reply could not be written: command={}", call.command().name(), e);
      to.writerIndex(start);
      RespWriter.error(to, "ERR internal error: command=" + call.command().name());
    }
  }
}
