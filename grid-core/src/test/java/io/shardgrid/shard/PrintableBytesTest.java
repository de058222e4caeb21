package io.shardgrid.shard;

import static io.shardgrid.shard.Shell.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PrintableBytesTest {

  @Test
  void showsOtherBytesAsHex() {
    assertThat(PrintableBytes.of(new byte[] {'a', 0, (byte) 0xff})).isEqualTo("'a\\x00\\xff'");
    assertThat(PrintableBytes.of(bytes("k".repeat(45))))
        .isEqualTo("'" + "k".repeat(40) + "'+5 bytes");
  }
}
