package io.shardgrid.node.telemetry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a receiver of spans is told of who delivers them, from a file that is read each time: it may
 * change while the node runs. No message here has any of it. Thread-safe.
 */
final class ReceiverLogin implements Supplier<Map<String, String>> {

  private static final String KEY =
      TraceExportSettings.PATH + "." + TraceExportSettings.AUTHORIZATION_FILE;
  private static final int CHARS_MAX = 8 << 10;

  private final Optional<Path> file;

  /**
   * Reads nothing yet.
   *
   * @param file empty for a receiver that takes spans of everybody
   */
  ReceiverLogin(Optional<Path> file) {
    this.file = file;
  }

  /**
   * The headers of the next delivery.
   *
   * @throws UncheckedIOException if the file cannot be read, or has no such line
   */
  @Override
  public Map<String, String> get() {
    return file.map(path -> Map.of("Authorization", line(path))).orElse(Map.of());
  }

  private static String line(Path file) {
    try {
      String line = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
      if (line.isEmpty()
          || line.length() > CHARS_MAX
          || !line.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
        throw new IOException("not one line of ASCII characters, at most " + CHARS_MAX);
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(KEY + "=" + file, e);
    }
  }
}
