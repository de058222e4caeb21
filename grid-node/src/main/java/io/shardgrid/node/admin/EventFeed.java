package io.shardgrid.node.admin;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells all who listen the same, again and again, as server-sent events (WHATWG HTML, "Server-sent
 * events"). It is made once for all of them, and not at all while nobody listens. Whoever has not
 * read the event before when the next one is there is cut off; a browser comes again by itself.
 *
 * <p>Confined to the event loop of the server, which has one.
 */
final class EventFeed {

  private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);
  private static final String RETRY = "retry: 2000\n\n";

  /** A comment, which finds out whether who listens is still there. */
  private static final byte[] STILL_HERE = ":\n\n".getBytes(StandardCharsets.UTF_8);

  private final ConsoleSettings settings;
  private final Supplier<CompletionStage<byte[]>> source;
  private final Set<Channel> listeners = new LinkedHashSet<>();
  private boolean isRunning;
  private boolean isBeingMade;
  private long number;
  private byte @Nullable [] last;
  private byte @Nullable [] lastData;

  /**
   * Nobody listens yet.
   *
   * @param source makes an event's data, in one line; it is not told again if these are the very
   *     bytes that it made before
   */
  EventFeed(ConsoleSettings settings, Supplier<CompletionStage<byte[]>> source) {
    this.settings = settings;
    this.source = source;
  }

  /** This feed, or that as many listen as may. */
  Reply orFull() {
    return listeners.size() < settings.subscribersMax()
        ? Reply.ok(this)
        : Reply.problem(
            HttpResponseStatus.SERVICE_UNAVAILABLE,
            "As many pages are kept up to date as may: grid.node.console.subscribers-max");
  }

  /** Tells this one, too, from now on; the head of the response is written already. */
  void add(Channel channel) {
    listeners.add(channel);
    channel.closeFuture().addListener(closed -> listeners.remove(channel));
    send(channel, Unpooled.copiedBuffer(RETRY, StandardCharsets.UTF_8));
    byte[] known = last;
    if (isRunning && known != null) {
      send(channel, Unpooled.wrappedBuffer(known));
    }
    if (!isRunning) {
      isRunning = true;
      turn(channel.eventLoop());
    }
  }

  private void turn(EventLoop loop) {
    if (listeners.isEmpty()) {
      isRunning = false;
      last = null;
      lastData = null;
      return;
    }
    loop.schedule(() -> turn(loop), settings.interval().toMillis(), TimeUnit.MILLISECONDS);
    if (isBeingMade) {
      return;
    }
    isBeingMade = true;
    source.get().whenComplete((data, failure) -> loop.execute(() -> made(data, failure)));
  }

  private void made(byte @Nullable [] data, @Nullable Throwable failure) {
    isBeingMade = false;
    if (data == null) {
      LOG.debug("There is nothing to tell now", failure);
      return;
    }
    byte[] event = STILL_HERE;
    if (data != lastData) {
      event = event(data);
      last = event;
      lastData = data;
    }
    ByteBuf shared = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(event));
    for (Channel channel : List.copyOf(listeners)) {
      if (channel.isWritable()) {
        send(channel, shared.duplicate());
      } else {
        LOG.warn("A page of the console reads too slowly and is cut off: client={}", channel);
        listeners.remove(channel);
        channel.close();
      }
    }
  }

  private byte[] event(byte[] data) {
    number++;
    boolean isTooLarge = data.length > settings.eventBytesMax();
    String head = "id: " + number + "\nevent: " + (isTooLarge ? "toolarge" : "look") + "\ndata: ";
    byte[] body =
        isTooLarge
            ? ("{\"bytes\":" + data.length + ",\"max\":" + settings.eventBytesMax() + "}")
                .getBytes(StandardCharsets.UTF_8)
            : data;
    List<byte[]> parts = new ArrayList<>();
    parts.add(head.getBytes(StandardCharsets.UTF_8));
    parts.add(body);
    parts.add("\n\n".getBytes(StandardCharsets.UTF_8));
    ByteBuf all = Unpooled.wrappedBuffer(parts.toArray(byte[][]::new));
    byte[] event = new byte[all.readableBytes()];
    all.readBytes(event);
    return event;
  }

  private static void send(Channel channel, ByteBuf bytes) {
    channel.writeAndFlush(new DefaultHttpContent(bytes), channel.voidPromise());
  }
}
