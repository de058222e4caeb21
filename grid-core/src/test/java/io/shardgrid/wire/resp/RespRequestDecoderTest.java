package io.shardgrid.wire.resp;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RespRequestDecoderTest {

  private static final RespLimits LARGE = new RespLimits(1 << 20, 1 << 30, 1 << 16, 1 << 30);
  private static final RespLimits SMALL = new RespLimits(4, 8, 32, 64);

  @Test
  void readsPipelinedArraysAndInlineCommands() {
    assertThat(commands("*2\r\n$3\r\nGET\r\n$1\r\nk\r\nPING\r\n*1\r\n$4\r\nQUIT\r\nSET a  b\n"))
        .containsExactly(
            List.of("GET", "k"), List.of("PING"), List.of("QUIT"), List.of("SET", "a", "b"));
  }

  @Test
  void keepsAnyByteOfABulk() {
    assertThat(commands("*3\r\n$3\r\nSET\r\n$0\r\n\r\n$4\r\n\r\n\0\u00ff\r\n"))
        .containsExactly(List.of("SET", "", "\r\n\0\u00ff"));
  }

  @Test
  void passesOverEmptyCommands() {
    assertThat(commands("*0\r\n\r\n*-1\r\n \r\n\nPING\r\n")).containsExactly(List.of("PING"));
  }

  @Test
  void readsMoreArgumentsThanFirstMadeRoomFor() {
    StringBuilder command = new StringBuilder("*100\r\n");
    for (int arg = 0; arg < 100; arg++) {
      command.append("$1\r\nx\r\n");
    }
    assertThat((List<?>) commands(command.toString()).get(0)).hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*1\r\n:1\r\n",
        "*1\r\n$-1\r\n",
        "*1\r\n$x\r\n",
        "*1\r\n$\r\n",
        "*1\r\n$1\rx",
        "*1\r\n$99999999999\r\n",
        "*1\r\n$2147483648\r\n",
        "*1\r\n$1\r\nabc",
        "*-2\r\n",
        "*-0\r\n",
        "*1x\r\n",
        "*+1\r\n",
        "*\n",
      })
  void endsTheStreamThatMakesNoSense(String stream) {
    RespRequestDecoder decoder = new RespRequestDecoder(LARGE);
    ByteBuf in = Fragments.buffer(stream);
    for (int call = 0; call < 2; call++) {
      assertThatThrownBy(() -> decoder.decode(in))
          .isInstanceOfSatisfying(
              RespProtocolException.class, e -> assertThat(e.isResynchronisable()).isFalse());
    }
  }

  @Test
  void skipsABulkOverTheLimitAndGoesOn() {
    assertThat(
            Fragments.commands(
                SMALL,
                Fragments.bytes(
                    "*3\r\n$3\r\nSET\r\n$9\r\n123456789\r\n$1\r\nx\r\n*1\r\n$4\r\nPING\r\n")))
        .containsExactly(
            "refused, bulk string is too large: bulkBytesMax=8, bulkBytes=9", List.of("PING"));
  }

  @Test
  void skipsACommandOfTooManyArgumentsAndGoesOn() {
    assertThat(
            Fragments.commands(
                SMALL, Fragments.bytes("*5\r\n" + "$1\r\nx\r\n".repeat(5) + "PING\r\na b c d e\n")))
        .containsExactly(
            "refused, too many arguments: argsMax=4, args=5",
            List.of("PING"),
            "refused, too many arguments: argsMax=4, args>4");
  }

  @Test
  void skipsACommandThatIsTooLargeAsAWholeAndGoesOn() {
    RespLimits limits = new RespLimits(4, 8, 32, 40);
    String bulk = "$8\r\n12345678\r\n";
    assertThat(Fragments.commands(limits, Fragments.bytes("*3\r\n" + bulk.repeat(3) + "PING\r\n")))
        .containsExactly(
            "refused, command is too large: frameBytesMax=40, frameBytes>=46", List.of("PING"));
  }

  @Test
  void endsTheStreamAtALineThatIsTooLong() {
    assertThat(Fragments.commands(SMALL, Fragments.bytes("x".repeat(31) + "\n")))
        .containsExactly(List.of("x".repeat(31)));
    assertThat(Fragments.commands(SMALL, Fragments.bytes("x".repeat(32))))
        .containsExactly("lost, line is too long: inlineBytesMax=32, lineBytes>32");
  }

  @Test
  void leavesNothingBehindToReadAgainOfABigValueInPieces() {
    int valueBytes = 8 << 20;
    RespRequestDecoder decoder = new RespRequestDecoder(LARGE);
    assertThat(decoder.decode(Fragments.buffer("*2\r\n$3\r\nSET\r\n$" + valueBytes + "\r\n")))
        .isNull();
    ByteBuf in = Unpooled.wrappedBuffer(new byte[64]);
    boolean isConsumed = true;
    long before = Fragments.allocatedBytes();
    for (int done = 0; done < valueBytes; done += 64) {
      in.setIndex(0, 64);
      isConsumed &= decoder.decode(in) == null && !in.isReadable();
    }
    assertThat(Fragments.allocatedBytes() - before).isLessThan(3L * valueBytes + (1 << 20));
    assertThat(isConsumed).isTrue();
    byte[][] args = requireNonNull(decoder.decode(Fragments.buffer("\r\n")));
    assertThat(args[1]).hasSize(valueBytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*1\r\n$1073741824\r\nabc", "*1048576\r\n$1\r\na\r\n", "*1048576\r\n"})
  void makesNoRoomForWhatIsOnlyAnnounced(String stream) {
    Runnable reading =
        () -> assertThat(new RespRequestDecoder(LARGE).decode(Fragments.buffer(stream))).isNull();
    assertThat(Fragments.allocatedBytes(reading)).isLessThan(1 << 18);
  }

  private static List<Object> commands(String stream) {
    return Fragments.commands(LARGE, Fragments.bytes(stream));
  }
}
