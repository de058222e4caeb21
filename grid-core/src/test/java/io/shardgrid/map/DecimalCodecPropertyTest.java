package io.shardgrid.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.CodecException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

/** Numbers are read as {@link Long#valueOf(String)} reads their digits. */
class DecimalCodecPropertyTest {

  private final Codec<Long> codec = Codecs.decimal();

  @Property
  void givesBackWhatItTook(@ForAll long number) {
    byte[] stored = codec.encode(number);
    assertThat(new String(stored, StandardCharsets.US_ASCII)).isEqualTo(Long.toString(number));
    assertThat(codec.decode(stored)).isEqualTo(number);
  }

  @Property(tries = 5_000)
  void readsWhatJavaReads(
      @ForAll @StringLength(max = 21) @Chars({'0', '1', '9', '-', '+', ' ', '/', ':', '\u00b2'})
          String text) {
    readsAsJava(text);
  }

  @Example
  void readsTheLimits() {
    for (String sign : new String[] {"", "-", "+", "--"}) {
      for (String digits :
          new String[] {
            "",
            "0",
            "000",
            "999999999999999999",
            "0000000000000000001",
            "9223372036854775807",
            "9223372036854775808",
            "9223372036854775809",
            "99999999999999999999"
          }) {
        readsAsJava(sign + digits);
      }
    }
  }

  private void readsAsJava(String text) {
    byte[] stored = text.getBytes(StandardCharsets.ISO_8859_1);
    Long expected;
    try {
      expected = Long.valueOf(text);
    } catch (NumberFormatException e) {
      assertThatThrownBy(() -> codec.decode(stored))
          .isInstanceOf(CodecException.class)
          .hasMessage("The bytes are no decimal number of 64 bits: bytes=" + stored.length)
          .hasCauseInstanceOf(NumberFormatException.class);
      return;
    }
    assertThat(codec.decode(stored)).isEqualTo(expected);
  }
}
