package io.shardgrid.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.CodecException;
import io.shardgrid.map.Codecs;
import org.junit.jupiter.api.Test;

/** LZ4 is not among the libraries of a client; whoever wants it adds it. */
final class CompressionTest {

  @Test
  void saysEachTimeWhichLibraryIsMissing() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> Codecs.lz4(Codecs.string(), 1_024))
          .isInstanceOf(CodecException.class)
          .hasMessageContainingAll("at.yawk.lz4:lz4-java", "java.lang.String");
    }
  }
}
