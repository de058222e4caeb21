package io.shardgrid.node.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

final class NdjsonReaderTest {

  @Test
  void givesEachLineWithItsKeyAsItIsInTheFile() throws IOException {
    try (NdjsonReader reader = reader("{\"id\":\"a\",\"n\":1}\n{\"n\":[{\"id\":9}],\"id\":7}")) {
      List<NdjsonReader.Row> rows = reader.next(10);

      assertThat(rows).extracting(NdjsonReader.Row::key).containsExactly("a", "7");
      assertThat(rows.get(0).json()).isEqualTo("{\"id\":\"a\",\"n\":1}".getBytes(UTF_8));
      assertThat(reader.next(10)).isEmpty();
    }
  }

  @Test
  void readsGzipWithoutBeingTold() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("{\"id\":\"Z\u00fcrich\"}\n".getBytes(UTF_8));
    }
    try (NdjsonReader reader = reader(packed.toByteArray())) {
      assertThat(reader.next(10)).extracting(NdjsonReader.Row::key).containsExactly("Z\u00fcrich");
    }
  }

  @Test
  void handsOutNoMoreThanAskedForAndSkipsEmptyLines() throws IOException {
    try (NdjsonReader reader = reader("{\"id\":1}\n\n \r\n{\"id\":2}\n{\"id\":3}\n")) {
      assertThat(reader.next(2)).extracting(NdjsonReader.Row::key).containsExactly("1", "2");
      assertThat(reader.next(2)).extracting(NdjsonReader.Row::key).containsExactly("3");
    }
  }

  @Test
  void readsAnEmptyFile() throws IOException {
    try (NdjsonReader reader = reader("")) {
      assertThat(reader.next(1)).isEmpty();
    }
  }

  @Test
  void namesTheLineThatIsWrong() {
    assertWrong("{\"id\":1}\n{\"id\":", "Line 2 of test is no JSON object: Unexpected end");
    assertWrong("[1]", "Line 1 of test is no JSON object");
    assertWrong("{\"id\":1} {\"id\":2}", "Line 1 of test has something after its JSON object");
    assertWrong("{\"n\":1}", "Line 1 of test has no field 'id': name the key's field with");
    assertWrong("{\"id\":{}}", "Line 1 of test has no text or number in its key field 'id'");
    assertWrong("{\"id\":null}", "Line 1 of test has no text or number in its key field 'id'");
  }

  @Test
  void refusesALineThatDoesNotEnd() {
    assertWrong(" ".repeat((8 << 20) + 1), "Line 1 of test is longer than 8.0 MiB");
  }

  private static void assertWrong(String text, String message) {
    assertThatThrownBy(
            () -> {
              try (NdjsonReader reader = reader(text)) {
                reader.next(10);
              }
            })
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED))
        .hasMessageStartingWith(message);
  }

  private static NdjsonReader reader(String text) throws IOException {
    return reader(text.getBytes(UTF_8));
  }

  private static NdjsonReader reader(byte[] bytes) throws IOException {
    return new NdjsonReader(new ByteArrayInputStream(bytes), "test", "id");
  }
}
