package io.shardgrid.client.mirror;

import io.shardgrid.failure.GridException;
import io.shardgrid.route.Outcome;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One operation on one key under way at both clusters; itself it takes production's outcome.
 * Thread-safe: either may end first, on any thread.
 */
final class Duet implements Outcome {

  private static final int BOTH = 2;

  private final Mirror mirror;
  private final Ask ask;
  private final @Nullable Caller caller;
  private final AtomicInteger left;
  private final boolean isSent;
  private volatile @Nullable SideReply production;
  private volatile @Nullable SideReply canary;

  /** Whoever waits for the operation. */
  interface Caller {
    /** It has ended. */
    void ended(SideReply reply);

    /** The span that asks. */
    TraceContext asker();
  }

  /**
   * What is asked.
   *
   * @param number grows in the order in which a key is asked
   * @param isDyed whether the answers are compared
   * @param isAnsweredByCanary whether the caller waits for both, and gets the canary's answer
   * @param isDoubtful whether the canary may lack a write of the key
   * @param bytes of the copy
   */
  record Ask(
      long number,
      KeyRef key,
      Request.Kind kind,
      boolean isDyed,
      boolean isAnsweredByCanary,
      boolean isDoubtful,
      long bytes) {

    boolean isWrite() {
      return kind.isWrite();
    }
  }

  /**
   * Begins.
   *
   * @param caller told once; null if somebody else tells the caller
   * @param isSent whether the canary is asked too
   */
  Duet(Mirror mirror, Ask ask, @Nullable Caller caller, boolean isSent) {
    this.mirror = mirror;
    this.ask = ask;
    this.caller = caller;
    this.isSent = isSent;
    this.left = new AtomicInteger(isSent ? BOTH : 1);
  }

  Ask ask() {
    return ask;
  }

  boolean isSent() {
    return isSent;
  }

  /** Takes the canary's outcome. */
  Outcome canarySide() {
    return new CanarySide();
  }

  @Override
  public void resolved(Answer answer) {
    production(SideReply.of(answer));
  }

  @Override
  public void failed(GridException failure) {
    production(SideReply.of(failure));
  }

  @Override
  public TraceContext asker() {
    return caller == null ? TraceContext.UNSAMPLED : caller.asker();
  }

  /** Production's outcome is this. */
  void production(SideReply reply) {
    production = reply;
    boolean isLast = left.decrementAndGet() == 0;
    if (isLast) {
      mirror.ended(this, reply, canary);
    }
    if (!isAnsweredByCanary()) {
      tell(reply);
    } else if (isLast) {
      tell(mirror.chosen(ask, reply, canary));
    }
    if (isLast) {
      mirror.compare(ask, reply, canary);
    }
  }

  private void canary(SideReply reply) {
    canary = reply;
    if (left.decrementAndGet() > 0) {
      return;
    }
    SideReply of = production;
    if (of == null) {
      throw new IllegalStateException("A side has ended twice: key=" + ask.key);
    }
    mirror.ended(this, of, reply);
    if (isAnsweredByCanary()) {
      tell(mirror.chosen(ask, of, reply));
    }
    mirror.compare(ask, of, reply);
  }

  /* A caller that waits for both may rely on what ended() has marked: so that comes first. */
  private boolean isAnsweredByCanary() {
    return isSent && ask.isAnsweredByCanary;
  }

  private void tell(SideReply reply) {
    if (caller != null) {
      caller.ended(reply);
    }
  }

  private final class CanarySide implements Outcome {
    @Override
    public void resolved(Answer answer) {
      canary(SideReply.of(answer));
    }

    @Override
    public void failed(GridException failure) {
      canary(SideReply.of(failure));
    }

    @Override
    public TraceContext asker() {
      return TraceContext.UNSAMPLED;
    }
  }
}
