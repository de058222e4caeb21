package io.shardgrid.map;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a rule has answered. Immutable; the bytes are not copied.
 *
 * @param number what its function has returned; 0 if it returns nothing
 * @param bytes what it has given beside that; null for nothing
 */
public record RuleAnswer(long number, byte @Nullable [] bytes) {

  /** The bytes as UTF-8; empty if it has given none. */
  public Optional<String> text() {
    return Optional.ofNullable(bytes).map(found -> new String(found, StandardCharsets.UTF_8));
  }
}
