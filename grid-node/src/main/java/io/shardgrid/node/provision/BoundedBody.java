package io.shardgrid.node.provision;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads no more of an answer than a bound allows. Confined to its exchange. */
final class BoundedBody implements BodySubscriber<byte[]> {

  private final int bytesMax;
  private final boolean isCut;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  private BoundedBody(int bytesMax, boolean isCut) {
    this.bytesMax = bytesMax;
    this.isCut = isCut;
  }

  /** The whole body; a longer one is a failure. */
  static BodyHandler<byte[]> atMost(int bytesMax) {
    return response -> new BoundedBody(bytesMax, false);
  }

  /** The beginning of the body; the rest is not read. */
  static BodyHandler<byte[]> firstOf(int bytesMax) {
    return response -> new BoundedBody(bytesMax, true);
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    if (body.isDone()) {
      return;
    }
    for (ByteBuffer part : parts) {
      byte[] taken = new byte[Math.min(part.remaining(), bytesMax - bytes.size())];
      boolean isTooLong = part.remaining() > taken.length;
      part.get(taken);
      bytes.writeBytes(taken);
      if (isTooLong) {
        end();
        return;
      }
    }
    if (subscription != null) {
      subscription.request(1);
    }
  }

  private void end() {
    if (subscription != null) {
      subscription.cancel();
    }
    if (isCut) {
      body.complete(bytes.toByteArray());
    } else {
      body.completeExceptionally(
          new IOException("the answer is longer than answer-bytes-max=" + bytesMax));
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(bytes.toByteArray());
  }
}
