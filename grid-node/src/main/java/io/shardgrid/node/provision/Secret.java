package io.shardgrid.node.provision;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads what must not be seen: no message here has any of it. Stateless. */
final class Secret {

  private static final int BYTES_MAX = 64 << 10;

  private Secret() {}

  /**
   * The line in a file.
   *
   * @param key the setting that names the file
   * @throws UnusableSettingException if there is none
   */
  static String line(Path file, String key) {
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw new UnusableSettingException(
            "the file is too long: %s=%s, bytes at most=%d".formatted(key, file, BYTES_MAX));
      }
      return checked(Files.readString(file, StandardCharsets.ISO_8859_1), key, file.toString());
    } catch (IOException e) {
      throw new UnusableSettingException(
          "the file cannot be read: %s=%s, cause=%s".formatted(key, file, Wording.cause(e)), e);
    }
  }

  /**
   * One line of visible characters.
   *
   * @param from where it was read from, for the message
   */
  static String checked(String text, String key, String from) {
    String line = text.strip();
    if (line.isEmpty() || !line.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new UnusableSettingException(
          "there has to be one line of visible ASCII characters: %s=%s".formatted(key, from));
    }
    return line;
  }
}
