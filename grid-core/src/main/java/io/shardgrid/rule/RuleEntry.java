package io.shardgrid.rule;

import java.util.regex.Pattern;

/**
 * A rule as the cluster knows it. Immutable.
 *
 * @param name 1 to 64 letters, digits, hyphens and underscores
 * @param hash SHA-256 of its module, 64 hexadecimal digits
 * @param bytes of its module
 * @param loadedAtMillis when it was loaded, milliseconds since 1970
 * @param releasedAtMillis when all nodes were last told to call it again though it had failed too
 *     often, milliseconds since 1970; 0 for never
 */
public record RuleEntry(
    String name, String hash, int bytes, long loadedAtMillis, long releasedAtMillis) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /** Checks name and hash. */
  public RuleEntry {
    requireName(name);
    if (!HASH.matcher(hash).matches()) {
      throw new IllegalArgumentException("no SHA-256 in hexadecimal digits: hash=" + hash);
    }
  }

  /**
   * Refuses what cannot be a rule's name.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A rule's name has 1 to 64 letters, digits, hyphens and underscores: name="
              + RuleText.quoted(name));
    }
  }

  /** The same, released then. */
  public RuleEntry releasedAt(long atMillis) {
    return new RuleEntry(name, hash, bytes, loadedAtMillis, atMillis);
  }
}
