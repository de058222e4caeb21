package io.shardgrid.node.provision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SignatureTest {

  @Test
  void isWhatOtherToolsCompute() {
    // printf '1769862896.{"order":12}' | openssl dgst -sha256 -hmac 0123456789abcdef
    assertThat(
            Signature.of(
                "0123456789abcdef",
                Instant.ofEpochSecond(1_769_862_896),
                "{\"order\":12}".getBytes(UTF_8)))
        .isEqualTo(
            "t=1769862896,v1=ee9315481aa27c0f79d747e97c1c0c929b56f667c0d346d1088aa7e3b1bffaea");
  }
}
