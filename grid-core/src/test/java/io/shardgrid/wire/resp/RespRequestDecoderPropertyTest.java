package io.shardgrid.wire.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

class RespRequestDecoderPropertyTest {

  private static final RespLimits LARGE = new RespLimits(1 << 20, 1 << 30, 1 << 16, 1 << 30);
  private static final RespLimits SMALL = new RespLimits(3, 6, 12, 40);

  @Property
  void readsWhatTheWriterWroteHoweverItIsCut(
      @ForAll @Size(max = 8) List<@Size(min = 1, max = 20) List<byte[]>> commands,
      @ForAll("pieces") int[] pieces) {
    ByteBuf out = Unpooled.buffer();
    for (List<byte[]> args : commands) {
      RespWriter.command(out, args.toArray(byte[][]::new));
    }
    assertThat(Fragments.commands(LARGE, ByteBufUtil.getBytes(out), pieces))
        .isEqualTo(
            commands.stream().map(args -> Fragments.latin(args.toArray(byte[][]::new))).toList());
  }

  @Property(tries = 5000)
  void findsTheSameInAnyBytesHoweverTheyAreCut(
      @ForAll("streams") String stream, @ForAll("pieces") int[] pieces) {
    byte[] bytes = Fragments.bytes(stream);
    assertThat(Fragments.commands(SMALL, bytes, pieces))
        .isEqualTo(Fragments.commands(SMALL, bytes));
  }

  @Property
  void holdsLittleWhateverArrives(@ForAll byte[] garbage) {
    assertThat(Fragments.allocatedBytes(() -> Fragments.commands(LARGE, garbage)))
        .isLessThan(1 << 20);
  }

  @Provide
  Arbitrary<int[]> pieces() {
    return Arbitraries.integers().between(1, 20).array(int[].class).ofMinSize(1).ofMaxSize(8);
  }

  @Provide
  Arbitrary<String> streams() {
    Arbitrary<String> nearlyRight =
        Arbitraries.of(
            "*1\r\n",
            "*2\r\n",
            "*4\r\n",
            "*0\r\n",
            "*-1\r\n",
            "$0\r\n\r\n",
            "$3\r\nabc\r\n",
            "$7\r\n1234567\r\n",
            "$-1\r\n",
            "PING\r\n",
            "a 'b c'\n",
            "\"\\x41\\n\"\n",
            "\r\n");
    Arbitrary<String> letters =
        Arbitraries.strings().withChars("*$0123456789-\r\n \"'\\xab\0\u00ff").ofMaxLength(6);
    return Arbitraries.frequencyOf(Tuple.of(8, nearlyRight), Tuple.of(1, letters))
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }
}
