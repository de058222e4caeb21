package io.shardgrid.node.resp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.shardgrid.wire.resp.RespLimits;
import io.shardgrid.wire.resp.RespProtocolException;
import io.shardgrid.wire.resp.RespRequestDecoder;
import org.jspecify.annotations.Nullable;

/**
 * What has come from a client and was not taken as a command yet. Confined to the connection's
 * event loop.
 */
final class Incoming {

  private final ClientWatch watch;
  private RespRequestDecoder decoder;
  private @Nullable ByteBuf in;

  Incoming(RespLimits limits, ClientWatch watch) {
    this.decoder = new RespRequestDecoder(limits);
    this.watch = watch;
  }

  /** From the next command on, which has not begun, other limits hold. */
  void limit(RespLimits limits) {
    decoder = new RespRequestDecoder(limits);
  }

  /** Takes bytes over. */
  void add(ByteBufAllocator buffers, ByteBuf bytes) {
    watch.read(System.nanoTime());
    ByteBuf before = in;
    in =
        before == null
            ? bytes
            : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(buffers, before, bytes);
  }

  /**
   * The next command, or null if it is not there as a whole.
   *
   * @throws RespProtocolException as the decoder does
   */
  byte @Nullable [][] next() {
    ByteBuf bytes = in;
    if (bytes == null) {
      return null;
    }
    int start = bytes.readerIndex();
    try {
      byte[][] args = decoder.decode(bytes);
      if (args == null) {
        watch.isShort(bytes.isReadable() || bytes.readerIndex() > start);
      } else {
        watch.commanded();
      }
      return args;
    } catch (RespProtocolException e) {
      watch.commanded();
      throw e;
    }
  }

  /** Lets go of what was read, or of everything. */
  void drop(boolean isEverything) {
    ByteBuf bytes = in;
    if (bytes != null && (isEverything || !bytes.isReadable())) {
      bytes.release();
      in = null;
    } else if (bytes != null) {
      bytes.discardSomeReadBytes();
    }
  }
}
