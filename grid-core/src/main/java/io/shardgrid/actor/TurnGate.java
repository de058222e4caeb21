package io.shardgrid.actor;

import org.apache.pekko.actor.ActorCell;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.dispatch.Mailbox;
import org.jspecify.annotations.Nullable;

/**
 * The way into an idle actor's turn without a message: who finds it idle is let in and calls it.
 *
 * <p>It stays an actor. What lets one thread in at a time is its mailbox's mark that a turn is
 * under way, the same that Pekko's dispatcher sets for turns with messages; one that has messages
 * is not idle, so nobody overtakes them. What is saved are the envelope, the queue, and the layers
 * between that and the behavior: a good part of what a table's answer takes.
 *
 * <p>Thread-safe. Uses what Pekko declares as internal ({@link Mailbox}); all of it is here.
 *
 * @param <A> the class of the actor
 */
final class TurnGate<A> {

  private volatile @Nullable Inside<A> inside;

  /** What is behind the gate. */
  private record Inside<A>(Mailbox mailbox, A actor) {}

  /** The actor is there; called within its first turn. */
  void open(ActorContext<?> context, A actor) {
    inside = new Inside<>(((ActorCell) Adapter.toClassic(context)).mailbox(), actor);
  }

  /**
   * Enters the actor's turn with this thread, which has to {@link #leave} it.
   *
   * @return the actor; or null if it is busy, has messages, or is not there, or this thread is in a
   *     turn already: then it takes a message
   */
  @Nullable A enter() {
    Inside<A> known = inside;
    if (known == null || known.mailbox.hasMessages() || !CallerRuns.beginTurn()) {
      return null;
    }
    if (known.mailbox.setAsScheduled()) {
      if (!known.mailbox.hasMessages() && !known.mailbox.isSuspended()) {
        return known.actor;
      }
      leave();
    } else {
      CallerRuns.endTurn();
    }
    return null;
  }

  /** Whether nothing waits behind the turn that this thread is in. */
  boolean isQuiet() {
    Inside<A> known = inside;
    return known != null && !known.mailbox.hasMessages();
  }

  /**
   * Messages that wait for a turn: about so many, since others come and go meanwhile. O(messages).
   */
  int waiting() {
    Inside<A> known = inside;
    return known == null ? 0 : known.mailbox.numberOfMessages();
  }

  /** Ends the turn. What has come meanwhile is taken on by this thread, as a turn with messages. */
  void leave() {
    try {
      Inside<A> known = inside;
      if (known != null) {
        goOn(known.mailbox);
      }
    } finally {
      CallerRuns.endTurn();
    }
  }

  private static void goOn(Mailbox mailbox) {
    if (mailbox.hasMessages() || mailbox.hasSystemMessages()) {
      mailbox.run();
    } else {
      mailbox.setAsIdle();
      mailbox.dispatcher().registerForExecution(mailbox, false, false);
    }
  }
}
