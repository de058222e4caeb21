package io.shardgrid.shard;

import static io.shardgrid.shard.Shell.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
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
    assertThat(DecimalBytes.parse(bytes(text))).isEqualTo(OptionalLong.empty());
  }

  @Test
  void showsOtherBytesAsHex() {
    assertThat(PrintableBytes.of(new byte[] {'a', 0, (byte) 0xff})).isEqualTo("'a\\x00\\xff'");
    assertThat(PrintableBytes.of(bytes("k".repeat(45))))
        .isEqualTo("'" + "k".repeat(40) + "'+5 bytes");
  }
}
