package io.shardgrid.client.mirror;

import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Request;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys again whose answers differed, and brings keys in step that are not. Confined to one
 * thread, which it blocks while it waits for answers.
 */
final class Upkeep {

  private static final int KEYS_AT_ONCE = 64;

  private final Mirror mirror;
  private final Judge judge;
  private final long timeoutNanos;

  Upkeep(Mirror mirror, Judge judge, long timeoutNanos) {
    this.mirror = mirror;
    this.judge = judge;
    this.timeoutNanos = timeoutNanos;
  }

  /** Does what is due. */
  void run() throws InterruptedException {
    MirrorCluster canary = mirror.canary();
    if (canary == null) {
      return;
    }
    Suspicion due = judge.due(mirror.nanoTime());
    while (due != null) {
      look(due, canary);
      due = judge.due(mirror.nanoTime());
    }
    int keys = Math.min(KEYS_AT_ONCE, mirror.outOfStep().keys());
    for (int done = 0; done < keys; done++) {
      OutOfStep.Marked next = mirror.outOfStep().next();
      if (next == null || !repair(next, canary)) {
        return;
      }
    }
  }

  private void look(Suspicion suspicion, MirrorCluster canary) throws InterruptedException {
    KeyRef key = suspicion.key();
    if (mirror.outOfStep().contains(key)) {
      judge.notLooked(suspicion, Inconclusive.OUT_OF_STEP, mirror.nanoTime());
      return;
    }
    long begun = mirror.writes().watch(key);
    if (begun < 0) {
      judge.notLooked(suspicion, Inconclusive.OWN_WRITES, mirror.nanoTime());
      return;
    }
    SideReply first = read(mirror.production(), key);
    SideReply ofCanary = read(canary, key);
    SideReply second = read(mirror.production(), key);
    boolean isQuiet = mirror.writes().leave(key, begun);
    Judge.Finding finding =
        judge.looked(suspicion, new Sight(first, ofCanary, second, isQuiet), mirror.nanoTime());
    if (finding == Judge.Finding.CONFIRMED && suspicion.injected() == null) {
      mirror.outOfStep().mark(key);
    }
  }

  /** Copies an entry as it is in production; false if a cluster does not answer. */
  private boolean repair(OutOfStep.Marked marked, MirrorCluster canary)
      throws InterruptedException {
    KeyRef key = marked.key();
    long begun = mirror.writes().watch(key);
    if (begun < 0) {
      return true;
    }
    SideReply wanted = read(mirror.production(), key);
    SideReply done = wanted.isSuccess() ? ask(canary, key, copyOf(key, wanted.answer())) : wanted;
    if (mirror.writes().leave(key, begun) && done.isSuccess()) {
      judge.forget(key);
      // A write that began just now, and was dropped, has marked the key anew.
      mirror.outOfStep().clear(marked);
      mirror.tally().repaired.increment();
    }
    return done.isSuccess();
  }

  private static Request copyOf(KeyRef key, @Nullable Answer answer) {
    if (!(answer instanceof Answer.Entry entry) || entry.value() == null) {
      return new Request.Remove(key.key(), Condition.ALWAYS, false);
    }
    Expiry expiry =
        entry.leftMillis() < 0 ? Expiry.NEVER : Expiry.after(Math.max(1, entry.leftMillis()));
    return new Request.Put(key.key(), entry.value(), expiry, Condition.ALWAYS, false);
  }

  private SideReply read(MirrorCluster cluster, KeyRef key) throws InterruptedException {
    return ask(cluster, key, new Request.Get(key.key()));
  }

  private SideReply ask(MirrorCluster cluster, KeyRef key, Request request)
      throws InterruptedException {
    return Waited.ask(cluster, key, request, timeoutNanos, mirror.nanoClock()).reply();
  }
}
