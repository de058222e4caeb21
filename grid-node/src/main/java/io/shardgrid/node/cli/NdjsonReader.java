package io.shardgrid.node.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of JSON objects, each with its key; plain or compressed by gzip, as its first bytes
 * say. Empty lines are skipped.
 *
 * <p>Not thread-safe. Holds one line at a time, of at most 8 MiB.
 */
public final class NdjsonReader implements Closeable {

  private static final int LINE_BYTES_MAX = 8 << 20;
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int GZIP_MAGIC_0 = 0x1f;
  private static final int GZIP_MAGIC_1 = 0x8b;

  private final JsonFactory json = new JsonFactory();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final InputStream in;
  private final String source;
  private final String keyField;
  private long lineNumber;

  /**
   * One line.
   *
   * @param key text of its key field
   * @param json its bytes as they are in the file
   */
  public record Row(String key, byte[] json) {}

  /**
   * Reads a stream, which it closes.
   *
   * @param source what to call it in messages
   * @param keyField top-level field that holds the key, a string or a number
   */
  public NdjsonReader(InputStream stream, String source, String keyField) throws IOException {
    this.in = inflated(new BufferedInputStream(stream, BUFFER_BYTES));
    this.source = source;
    this.keyField = keyField;
  }

  /**
   * The next rows, at most so many; none at the end.
   *
   * @throws CommandException when a line is no JSON object, has no key, or is too long
   */
  public List<Row> next(int rowsMax) throws IOException {
    List<Row> rows = new ArrayList<>(rowsMax);
    while (rows.size() < rowsMax) {
      byte[] bytes = nextLine();
      if (bytes == null) {
        break;
      }
      if (!isBlank(bytes)) {
        rows.add(new Row(key(bytes), bytes));
      }
    }
    return rows;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private static InputStream inflated(BufferedInputStream in) throws IOException {
    in.mark(2);
    boolean isGzip = in.read() == GZIP_MAGIC_0 && in.read() == GZIP_MAGIC_1;
    in.reset();
    return isGzip
        ? new BufferedInputStream(new GZIPInputStream(in, BUFFER_BYTES), BUFFER_BYTES)
        : in;
  }

  private byte @Nullable [] nextLine() throws IOException {
    line.reset();
    int next = in.read();
    if (next < 0) {
      return null;
    }
    lineNumber++;
    for (; next >= 0 && next != '\n'; next = in.read()) {
      if (line.size() == LINE_BYTES_MAX) {
        throw wrong("is longer than " + Screen.bytes(LINE_BYTES_MAX), null);
      }
      line.write(next);
    }
    return line.toByteArray();
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte b : bytes) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  private String key(byte[] bytes) throws IOException {
    String key = null;
    try (JsonParser parser = json.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw wrong("is no JSON object", null);
      }
      for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        if (field.equals(keyField)) {
          if (!value.isScalarValue() || value == JsonToken.VALUE_NULL) {
            throw wrong("has no text or number in its key field '" + keyField + "'", null);
          }
          key = parser.getText();
        }
        parser.skipChildren();
      }
      if (parser.nextToken() != null) {
        throw wrong("has something after its JSON object", null);
      }
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw wrong("is no JSON object: " + e.getOriginalMessage(), e);
    }
    if (key == null) {
      throw wrong("has no field '" + keyField + "': name the key's field with --key-field", null);
    }
    return key;
  }

  private CommandException wrong(String what, @Nullable Throwable cause) {
    return new CommandException(
        ExitCode.FAILED, "Line " + lineNumber + " of " + source + " " + what, cause);
  }
}
