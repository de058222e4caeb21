package io.shardgrid.tls.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.shardgrid.key.Seldom;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port without TLS: a client that begins with a TLS handshake is told so at once, instead of
 * waiting for an answer that does not come. Thread-safe.
 */
public final class PlainPort {

  private static final Logger LOG = LoggerFactory.getLogger(PlainPort.class);

  /** The type of the record that a TLS client sends first (RFC 8446, 5.1). */
  private static final int TLS_HANDSHAKE = 0x16;

  private final String port;
  private final byte[] reply;
  private final Seldom log = new Seldom();

  /**
   * A port.
   *
   * @param port what the port is called, for the log
   * @param reply what a client is told that speaks TLS, in the protocol of the port
   */
  public PlainPort(String port, String reply) {
    this.port = port;
    this.reply = reply.getBytes(StandardCharsets.US_ASCII);
  }

  /** Looks at the first byte of this connection, and at nothing after that. */
  public void watch(Channel channel) {
    channel.pipeline().addLast(new FirstByte());
  }

  private final class FirstByte extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof ByteBuf bytes
          && bytes.isReadable()
          && bytes.getUnsignedByte(bytes.readerIndex()) == TLS_HANDSHAKE) {
        ReferenceCountUtil.release(message);
        refuse(context);
        return;
      }
      context.pipeline().remove(this);
      context.fireChannelRead(message);
    }

    private void refuse(ChannelHandlerContext context) {
      long count = log.due(System.nanoTime());
      if (count > 0) {
        LOG.warn(
            "A client speaks TLS to a port that does not: port={}, client={}, times={}",
            port,
            context.channel().remoteAddress(),
            count);
      }
      context.channel().config().setAutoRead(false);
      context.writeAndFlush(Unpooled.wrappedBuffer(reply)).addListener(ChannelFutureListener.CLOSE);
    }
  }
}
