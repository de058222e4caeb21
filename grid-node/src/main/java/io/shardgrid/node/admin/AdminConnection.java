package io.shardgrid.node.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.timeout.IdleStateEvent;
import io.shardgrid.key.Seldom;
import io.shardgrid.node.security.Caller;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One HTTP connection: a request after the other, in order. Confined to its event loop. */
final class AdminConnection extends SimpleChannelInboundHandler<FullHttpRequest> {

  private static final Logger LOG = LoggerFactory.getLogger(AdminConnection.class);

  /** Of all connections: strangers may bring it about as often as they like. */
  private static final Seldom HASTY = new Seldom();

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** A request that waits for its turn. */
  private record Asked(
      HttpMethod method,
      String path,
      Parameters parameters,
      String authorization,
      String trace,
      boolean isDeliberate,
      boolean isKeptAlive,
      boolean isBroken) {}

  /** What a page in a browser cannot send to another site without asking it first. */
  static final String DELIBERATE = "X-Shardgrid";

  private final PageSource pages;
  private final AdminGate gate;
  private final int pipelineMax;
  private final Queue<Asked> waiting = new ArrayDeque<>();
  private boolean isBusy;

  AdminConnection(PageSource pages, AdminGate gate, int pipelineMax) {
    this.pages = pages;
    this.gate = gate;
    this.pipelineMax = pipelineMax;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    if (!ctx.channel().isActive()) {
      return;
    }
    if (waiting.size() >= pipelineMax) {
      long times = HASTY.due(System.nanoTime());
      if (times > 0) {
        LOG.warn(
            "Clients send requests faster than they may: times={}, lastClient={},"
                + " grid.node.http.pipeline-max={}",
            times,
            ctx.channel(),
            pipelineMax);
      }
      ctx.close();
      return;
    }
    waiting.add(asked(request));
    answerNext(ctx);
  }

  private static Asked asked(FullHttpRequest request) {
    if (!request.decoderResult().isFailure()) {
      try {
        return asked(request, new QueryStringDecoder(request.uri()), false);
      } catch (IllegalArgumentException e) {
        LOG.debug("The target of a request is not encoded as it should be", e);
      }
    }
    return asked(request, new QueryStringDecoder(""), true);
  }

  private static Asked asked(FullHttpRequest request, QueryStringDecoder target, boolean isBroken) {
    return new Asked(
        request.method(),
        target.path(),
        new Parameters(
            target.parameters(),
            String.join(",", request.headers().getAll(HttpHeaderNames.ACCEPT)),
            ByteBufUtil.getBytes(request.content())),
        request.headers().get(HttpHeaderNames.AUTHORIZATION, ""),
        request.headers().get("traceparent", ""),
        request.headers().contains(DELIBERATE),
        HttpUtil.isKeepAlive(request) && !isBroken,
        isBroken);
  }

  private void answerNext(ChannelHandlerContext ctx) {
    // Who does not read gets no more answers, and is cut off when pipelineMax requests wait.
    Asked asked = isBusy || !ctx.channel().isWritable() ? null : waiting.poll();
    if (asked == null) {
      return;
    }
    isBusy = true;
    judged(asked, ctx.channel().remoteAddress())
        .whenComplete(
            (reply, failure) -> ctx.executor().execute(() -> answer(ctx, asked, reply, failure)));
  }

  /** What a request is answered with, if it may be. */
  private CompletionStage<Reply> judged(Asked asked, SocketAddress remote) {
    if (asked.isBroken) {
      return completed(HttpResponseStatus.BAD_REQUEST, "This is not HTTP");
    }
    boolean isAction = pages.isAction(asked.path);
    AdminGate.Wanted wanted =
        new AdminGate.Wanted(
            PageRights.of(asked.path, pages.isPart(asked.path), gate.desk().settings().openPages()),
            asked.parameters.map(),
            asked.method + " " + asked.path);
    return gate.judge(wanted, asked.authorization, remote)
        .thenCompose(
            passage -> {
              Reply refusal = passage.refusal();
              if (refusal != null) {
                return CompletableFuture.completedStage(refusal);
              }
              CompletionStage<Reply> content =
                  PageTraces.followed(
                      pages.tracing(),
                      asked.method.name(),
                      asked.path,
                      asked.trace,
                      () -> contentOf(asked));
              return isAction ? audited(content, passage.caller(), wanted.what()) : content;
            });
  }

  private CompletionStage<Reply> audited(
      CompletionStage<Reply> content, Caller caller, String what) {
    return content.whenComplete(
        (reply, failure) ->
            gate.desk()
                .audit()
                .acted(caller, what, reply == null ? "failed" : reply.status().toString()));
  }

  private CompletionStage<Reply> contentOf(Asked asked) {
    if (pages.isAction(asked.path)) {
      return contentOfAction(asked);
    }
    boolean isRead = asked.method.equals(HttpMethod.GET) || asked.method.equals(HttpMethod.HEAD);
    if (!isRead && pages.has(asked.path)) {
      return completed(
          HttpResponseStatus.METHOD_NOT_ALLOWED, "This page can only be read: allowed=GET HEAD");
    }
    return pages.content(asked.path, asked.parameters);
  }

  private CompletionStage<Reply> contentOfAction(Asked asked) {
    if (!asked.method.equals(HttpMethod.POST)) {
      return completed(
          HttpResponseStatus.METHOD_NOT_ALLOWED, "This changes something: allowed=POST");
    }
    if (!asked.isDeliberate) {
      return completed(
          HttpResponseStatus.FORBIDDEN,
          "This changes something, so a header has to say that it is meant: header=" + DELIBERATE);
    }
    return pages.content(asked.path, asked.parameters);
  }

  private static CompletionStage<Reply> completed(HttpResponseStatus status, String message) {
    return CompletableFuture.completedStage(Reply.problem(status, message));
  }

  private void answer(
      ChannelHandlerContext ctx,
      Asked asked,
      @Nullable Reply content,
      @Nullable Throwable failure) {
    isBusy = false;
    if (!ctx.channel().isActive()) {
      return;
    }
    if (failure != null) {
      LOG.error("A page failed: path={}", asked.path, failure);
    }
    Reply reply =
        content != null
            ? content
            : Reply.problem(HttpResponseStatus.INTERNAL_SERVER_ERROR, "See the node's log");
    if (reply.body() instanceof EventFeed feed && asked.method.equals(HttpMethod.GET)) {
      tellEvents(ctx, feed);
      return;
    }
    ChannelFuture written = ctx.writeAndFlush(responseTo(asked, reply));
    if (asked.isKeptAlive) {
      answerNext(ctx);
    } else {
      waiting.clear();
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Events go on until the connection ends: it answers nothing else any more, and is not idle. */
  private void tellEvents(ChannelHandlerContext ctx, EventFeed feed) {
    isBusy = true;
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream")
        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
        .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED)
        .set("X-Content-Type-Options", "nosniff");
    ctx.writeAndFlush(head);
    feed.add(ctx.channel());
  }

  private FullHttpResponse responseTo(Asked asked, Reply reply) {
    byte[] body = bytesOf(reply.body());
    boolean isHead = asked.method.equals(HttpMethod.HEAD);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            reply.status(),
            isHead ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, contentTypeOf(reply.body()))
        .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
        .set(HttpHeaderNames.CACHE_CONTROL, cacheControlOf(reply.body()))
        .set(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT)
        .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, ConsoleFiles.POLICY)
        .set("Referrer-Policy", "no-referrer")
        .set("X-Content-Type-Options", "nosniff");
    if (reply.status().equals(HttpResponseStatus.UNAUTHORIZED)) {
      response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, AdminGate.CHALLENGE);
    }
    if (reply.status().equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
      response
          .headers()
          .set(HttpHeaderNames.ALLOW, pages.isAction(asked.path) ? "POST" : "GET, HEAD");
    }
    HttpUtil.setKeepAlive(response, asked.isKeptAlive);
    return response;
  }

  private static CharSequence contentTypeOf(Object body) {
    if (body instanceof Reply.File file) {
      return file.contentType();
    }
    return body instanceof Reply.Text text ? text.contentType() : HttpHeaderValues.APPLICATION_JSON;
  }

  private static CharSequence cacheControlOf(Object body) {
    return body instanceof Reply.File file ? file.cacheControl() : HttpHeaderValues.NO_STORE;
  }

  private static byte[] bytesOf(Object body) {
    if (body instanceof Reply.File file) {
      return file.bytes();
    }
    if (body instanceof EventFeed) {
      return new byte[0];
    }
    if (body instanceof Reply.Text text) {
      return text.text().getBytes(StandardCharsets.UTF_8);
    }
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Not JSON: type=" + body.getClass().getSimpleName(), e);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    answerNext(ctx);
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    // A drain takes its time; who waits for an answer is not idle.
    if (event instanceof IdleStateEvent && !isBusy) {
      ctx.close();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // What a client can bring about as often as it likes is no error of the node.
    boolean isClients =
        cause instanceof IOException
            || cause instanceof DecoderException
            || cause instanceof PrematureChannelClosureException;
    if (isClients) {
      LOG.debug("A client's connection broke: client={}", ctx.channel(), cause);
    } else {
      LOG.error("A client's connection fails: client={}", ctx.channel(), cause);
    }
    ctx.close();
  }
}
