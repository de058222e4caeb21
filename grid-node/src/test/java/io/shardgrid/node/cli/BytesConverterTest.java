package io.shardgrid.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class BytesConverterTest {

  private final BytesConverter converter = new BytesConverter();

  @ParameterizedTest
  @CsvSource({"1, 1", "65536, 65536", "512k, 524288", "8m, 8388608", "2g, 2147483648"})
  void readsANumberAndItsUnit(String text, long bytes) {
    assertThat(converter.convert(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "8 m", "8M", "1.5m", "9999999999", "m"})
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> converter.convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("8m");
  }

  @Test
  void readsTheLargestWithoutPassingAnyBound() {
    assertThat(converter.convert("999999999g")).isEqualTo(999_999_999L << 30);
  }
}
