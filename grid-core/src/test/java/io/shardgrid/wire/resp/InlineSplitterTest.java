package io.shardgrid.wire.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InlineSplitterTest {

  @Test
  void splitsAtBlanks() {
    assertThat(split(" SET\tkey   value \r")).containsExactly("SET", "key", "value");
    assertThat(split(" \r")).isEmpty();
  }

  @Test
  void keepsBlanksInQuotes() {
    assertThat(split("SET \"a b\" 'c \"d' \"\" ''")).containsExactly("SET", "a b", "c \"d", "", "");
    assertThat(split("a\"b c\"")).containsExactly("ab c");
  }

  @Test
  void knowsTheEscapesOfDoubleQuotes() {
    assertThat(split("\"\\n\\r\\t\\b\\a\\x00\\xfF\\\\\\\"\\q\\xg1\""))
        .containsExactly("\n\r\t\b\u0007\0\u00ff\\\"qxg1");
  }

  @Test
  void knowsOneEscapeOfSingleQuotes() {
    assertThat(split("'it\\'s \\n'")).containsExactly("it's \\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a", "'a", "\"a\"b", "'a'b", "\"a\\", "\"a\\\"", "\"\\x1", "'a\\'"})
  void refusesUnbalancedQuotesButKeepsTheStream(String line) {
    assertThatThrownBy(() -> split(line))
        .isInstanceOfSatisfying(
            RespProtocolException.class, e -> assertThat(e.isResynchronisable()).isTrue())
        .hasMessageContaining("inlineBytes=" + line.length());
  }

  private static List<String> split(String line) {
    return Fragments.latin(InlineSplitter.split(Fragments.bytes(line), 100));
  }
}
