package io.shardgrid.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DecimalBytesTest {

  @ParameterizedTest
  @ValueSource(
      longs = {0, 1, -1, 9, 10, -10, 123_456, Long.MAX_VALUE, Long.MAX_VALUE - 9, Long.MIN_VALUE})
  void readsWhatItWrites(long number) {
    assertThat(DecimalBytes.parse(DecimalBytes.format(number))).hasValue(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+1",
        " 1",
        "1 ",
        "01",
        "-0",
        "-01",
        "1.0",
        "1e3",
        "0x1",
        "9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999",
        "18446744073709551617",
        "123456789012345678901"
      })
  void refusesWhatRedisRefuses(String text) {
    assertThat(DecimalBytes.parse(text.getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(OptionalLong.empty());
  }
}
