package io.shardgrid.wire.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RespWriterTest {

  @Test
  void writesStatusesAndErrors() {
    assertThat(written(RespWriter::ok)).isEqualTo("+OK\r\n");
    assertThat(written(RespWriter::pong)).isEqualTo("+PONG\r\n");
    assertThat(written(out -> RespWriter.simple(out, "Grün"))).isEqualTo("+Grün\r\n");
    assertThat(written(out -> RespWriter.error(out, "ERR no"))).isEqualTo("-ERR no\r\n");
  }

  @Test
  void letsNoTextEndItsLine() {
    assertThat(written(out -> RespWriter.error(out, "ERR a\r\n+OK\nb")))
        .isEqualTo("-ERR a  +OK b\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, 7, -1, 9, 10, 1023, 1024, -1024, 99999, 100000, Long.MAX_VALUE, Long.MIN_VALUE})
  void writesIntegers(long value) {
    assertThat(written(out -> RespWriter.integer(out, value))).isEqualTo(":" + value + "\r\n");
  }

  @Test
  void writesBulks() {
    byte[] bytes = {'a', 'b', 'c', 'd'};
    assertThat(written(out -> RespWriter.bulk(out, bytes))).isEqualTo("$4\r\nabcd\r\n");
    assertThat(written(out -> RespWriter.bulk(out, bytes, 1, 2))).isEqualTo("$2\r\nbc\r\n");
    assertThat(written(out -> RespWriter.bulk(out, "Grün"))).isEqualTo("$5\r\nGrün\r\n");
    assertThat(written(out -> RespWriter.bulk(out, new byte[2000]))).startsWith("$2000\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "RESP2, '$-1|*-1|*3|*4|*5|*6|:1|:0'",
    "RESP3, '_|_|*3|%2|~5|>6|#t|#f'",
  })
  void writesWhatTheVersionKnows(RespVersion version, String lines) {
    assertThat(
            written(
                out -> {
                  RespWriter.nil(out, version);
                  RespWriter.nilArray(out, version);
                  RespWriter.arrayHeader(out, 3);
                  RespWriter.mapHeader(out, 2, version);
                  RespWriter.setHeader(out, 5, version);
                  RespWriter.pushHeader(out, 6, version);
                  RespWriter.bool(out, true, version);
                  RespWriter.bool(out, false, version);
                }))
        .isEqualTo(lines.replace("|", "\r\n") + "\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, 1.5",
    "10, 10",
    "-3, -3",
    "0, 0",
    "-0.0, -0",
    "1e300, 1.0E300",
    "Infinity, inf",
    "-Infinity, -inf",
    "NaN, nan",
  })
  void writesDoubles(double value, String text) {
    assertThat(written(out -> RespWriter.real(out, value, RespVersion.RESP3)))
        .isEqualTo("," + text + "\r\n");
    assertThat(written(out -> RespWriter.real(out, value, RespVersion.RESP2)))
        .isEqualTo("$" + text.length() + "\r\n" + text + "\r\n");
  }

  @Test
  void writesCommands() {
    assertThat(
            written(out -> RespWriter.command(out, new byte[] {'G', 'E', 'T'}, new byte[] {'k'})))
        .isEqualTo("*2\r\n$3\r\nGET\r\n$1\r\nk\r\n");
  }

  private static String written(Consumer<ByteBuf> reply) {
    ByteBuf out = Unpooled.buffer(1);
    reply.accept(out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
