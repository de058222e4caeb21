package io.shardgrid.node.telemetry;

import ch.qos.logback.classic.LoggerContext;
import io.shardgrid.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/** Events of the log with anything in them: one line of JSON, of bounded length. */
final class LogLineTarget implements FuzzTarget {

  private static final int LINE_BYTES_MAX = 256 << 10;

  private final LoggerContext context = new LoggerContext();

  @Override
  public List<byte[]> seeds() {
    return List.of(
        "a message {} \u0000shard\u00007\u0000cause".getBytes(StandardCharsets.UTF_8),
        "{\"a\":\"\\\n\u2028\"}\u0000time\u0000x\r\n\u0000".getBytes(StandardCharsets.UTF_8),
        "\ud83d\ude00".repeat(200).getBytes(StandardCharsets.UTF_16));
  }

  /** Message, key, value and cause, with zeros between them; read as UTF-16 if it is of that. */
  @Override
  public boolean run(byte[] input) {
    boolean isWide = input.length > 1 && input[0] == (byte) 0xFE;
    String all = new String(input, isWide ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8);
    String[] parts = (all + "\0\0\0").split("\0", -1);
    LogEvent event =
        new LogEvent(context)
            .message(parts[0], parts[1])
            .thread(parts[1])
            .pairs(new KeyValuePair(parts[1], parts[2]), new KeyValuePair("n", parts.length))
            .ofThread(Map.of("shard", parts[2], "map", parts[0]))
            .failure(new IllegalStateException(parts[3]));
    if (event.bytes().length > LINE_BYTES_MAX) {
      throw new AssertionError("line is too long: bytes=" + event.bytes().length);
    }
    event.line();
    return true;
  }

  @Override
  public long allocatedBytesMax(int inputBytes) {
    return (4L << 20) + (4L << 10) * inputBytes;
  }

  @Override
  public long stepsMax(int inputBytes) {
    return 1_000_000 + 2_000L * inputBytes;
  }
}
