package io.shardgrid.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BytesTest {

  @Test
  void areEqualByContent() {
    byte[] content = {1, 2};
    Bytes bytes = Bytes.of(content);
    content[0] = 9;
    assertThat(bytes).isEqualTo(Bytes.of(new byte[] {1, 2})).isNotEqualTo(Bytes.of(content));
    assertThat(bytes).hasSameHashCodeAs(Bytes.of(new byte[] {1, 2}));
  }

  @Test
  void areShownAsText() {
    assertThat(Bytes.of("a b\n")).hasToString("'a b\\x0a'");
    assertThat(Bytes.of("x".repeat(50))).hasToString("'" + "x".repeat(40) + "'+10 bytes");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 7, -7, Long.MAX_VALUE, Long.MIN_VALUE})
  void readTheNumbersTheyWrite(long number) {
    assertThat(Bytes.of(number).decimal()).isEqualTo(OptionalLong.of(number));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-", "+1", "01", "-0", " 1", "1 ", "x", "9223372036854775808", "\u0661"})
  void readNoOtherNumbers(String text) {
    assertThat(Bytes.of(text).decimal()).isEmpty();
  }
}
