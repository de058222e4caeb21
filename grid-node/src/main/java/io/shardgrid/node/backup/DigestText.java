package io.shardgrid.node.backup;

import io.shardgrid.key.Digest;

/** Reads what {@link Digest#toString} writes. Stateless. */
final class DigestText {

  private static final int DIGITS = 32;
  private static final int HEXADECIMAL = 16;

  private DigestText() {}

  /**
   * Reads 32 hexadecimal digits.
   *
   * @throws DamagedBackupException if it is anything else
   */
  static Digest parse(String text) {
    if (text.length() != DIGITS) {
      throw new DamagedBackupException("A digest has 32 digits: found=" + text);
    }
    try {
      return new Digest(
          Long.parseUnsignedLong(text.substring(0, DIGITS / 2), HEXADECIMAL),
          Long.parseUnsignedLong(text.substring(DIGITS / 2), HEXADECIMAL));
    } catch (NumberFormatException e) {
      throw new DamagedBackupException("A digest has hexadecimal digits: found=" + text, e);
    }
  }
}
