package io.shardgrid.node.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobTest {

  @ParameterizedTest
  @CsvSource({
    "*, '', true",
    "*, anything, true",
    "h?llo, hello, true",
    "h?llo, hllo, false",
    "h*llo, heeeello, true",
    "h*llo, hell, false",
    "*a*b*, xaxbx, true",
    "*a*b, xaxbx, false",
    "h[ae]llo, hallo, true",
    "h[ae]llo, hillo, false",
    "h[^e]llo, hallo, true",
    "h[^e]llo, hello, false",
    "h[a-c]llo, hbllo, true",
    "h[c-a]llo, hbllo, true",
    "h[a-c]llo, hdllo, false",
    "h\\*llo, h*llo, true",
    "h\\*llo, hello, false",
    "[\\]], ], true",
    "[a, a, true",
    "abc, abcd, false",
    "'', '', true",
    "'', a, false"
  })
  void matches(String pattern, String key, boolean isMatch) {
    assertThat(new Glob(bytes(pattern)).matches(bytes(key))).isEqualTo(isMatch);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
