package io.shardgrid.shard;

import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Expiry;
import org.jspecify.annotations.Nullable;

/**
 * What a rule has decided about an entry. Immutable.
 *
 * @param effect what becomes of the entry
 * @param value for {@link Effect#PUT}
 * @param expiry for {@link Effect#PUT}
 * @param answer what the caller is told: {@link Answer.Result}, or {@link Answer.Failed} with
 *     {@link Effect#KEEP}
 */
public record Ruling(Effect effect, byte @Nullable [] value, Expiry expiry, Answer answer) {

  /** What becomes of the entry. */
  public enum Effect {
    KEEP,
    PUT,
    REMOVE
  }

  /** The entry stays as it is. */
  public static Ruling keep(Answer answer) {
    return new Ruling(Effect.KEEP, null, Expiry.KEEP, answer);
  }

  /** The entry gets this value. */
  public static Ruling put(byte[] value, Expiry expiry, Answer answer) {
    return new Ruling(Effect.PUT, value, expiry, answer);
  }

  /** The entry goes. */
  public static Ruling remove(Answer answer) {
    return new Ruling(Effect.REMOVE, null, Expiry.KEEP, answer);
  }
}
