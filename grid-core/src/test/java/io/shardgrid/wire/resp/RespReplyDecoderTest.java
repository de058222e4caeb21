package io.shardgrid.wire.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.shardgrid.wire.resp.RespValue.Bulk;
import io.shardgrid.wire.resp.RespValue.Failure;
import io.shardgrid.wire.resp.RespValue.Int;
import io.shardgrid.wire.resp.RespValue.Items;
import io.shardgrid.wire.resp.RespValue.Kind;
import io.shardgrid.wire.resp.RespValue.Null;
import io.shardgrid.wire.resp.RespValue.Oversized;
import io.shardgrid.wire.resp.RespValue.Real;
import io.shardgrid.wire.resp.RespValue.Simple;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RespReplyDecoderTest {

  private static final RespLimits LARGE = new RespLimits(1 << 20, 1 << 30, 1 << 16, 1 << 30);
  private static final RespLimits SMALL = new RespLimits(4, 8, 32, 64);

  @Test
  void readsTheTypesOfBothVersions() {
    assertThat(replies("+OK\r\n+\r\n-ERR no such key\r\n-LOADING\r\n:-12\r\n$2\r\nhi\r\n"))
        .containsExactly(
            new Simple("OK"),
            new Simple(""),
            new Failure("ERR", "no such key"),
            new Failure("LOADING", ""),
            new Int(-12),
            bulk("hi"));
    assertThat(replies("*2\r\n:1\r\n*1\r\n$0\r\n\r\n*0\r\n"))
        .containsExactly(
            new Items(Kind.ARRAY, List.of(new Int(1), new Items(Kind.ARRAY, List.of(bulk(""))))),
            new Items(Kind.ARRAY, List.of()));
  }

  @Test
  void readsTheTypesOfTheThirdVersion() {
    assertThat(replies("#t\r\n#f\r\n!7\r\nERR a b\r\n=7\r\ntxt:abc\r\n(-123456789012345678901\r\n"))
        .containsExactly(
            new RespValue.Bool(true),
            new RespValue.Bool(false),
            new Failure("ERR", "a b"),
            new RespValue.Verbatim("txt", "abc"),
            new RespValue.BigNumber(new BigInteger("-123456789012345678901")));
    assertThat(replies("%1\r\n+k\r\n:1\r\n~1\r\n+a\r\n>2\r\n+invalidate\r\n_\r\n"))
        .containsExactly(
            new Items(Kind.MAP, List.of(new Simple("k"), new Int(1))),
            new Items(Kind.SET, List.of(new Simple("a"))),
            new Items(Kind.PUSH, List.of(new Simple("invalidate"), new Null())));
  }

  @Test
  void readsEveryNull() {
    assertThat(replies("_\r\n$-1\r\n*-1\r\n")).containsOnly(new Null()).hasSize(3);
  }

  @Test
  void readsDoubles() {
    assertThat(replies(",1.5\r\n,10\r\n,-2e3\r\n,inf\r\n,-inf\r\n,nan\r\n"))
        .containsExactly(
            new Real(1.5),
            new Real(10),
            new Real(-2000),
            new Real(Double.POSITIVE_INFINITY),
            new Real(Double.NEGATIVE_INFINITY),
            new Real(Double.NaN));
  }

  @Test
  void readsTheLeastAndTheGreatestInteger() {
    assertThat(replies(":-9223372036854775808\r\n:+9223372036854775807\r\n"))
        .containsExactly(new Int(Long.MIN_VALUE), new Int(Long.MAX_VALUE));
  }

  @Test
  void dropsAttributes() {
    assertThat(replies("|1\r\n+ttl\r\n:9\r\n*2\r\n|1\r\n+a\r\n*1\r\n:1\r\n:7\r\n|0\r\n:8\r\n"))
        .containsExactly(new Items(Kind.ARRAY, List.of(new Int(7), new Int(8))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?\r\n",
        ":\r\n",
        ":-\r\n",
        ":1a\r\n",
        ":9223372036854775808\r\n",
        ":-9223372036854775809\r\n",
        ":99999999999999999999\r\n",
        ",0x1p3\r\n",
        ",1d\r\n",
        ",NaN\r\n",
        ",\r\n",
        ",e\r\n",
        "(1.5\r\n",
        "#x\r\n",
        "#\r\n",
        "_x\r\n",
        "+a\n",
        "+\n",
        "$?\r\n",
        "%-1\r\n",
        "!-1\r\n",
        "=3\r\ntxt\r\n",
        "=5\r\ntxt-a\r\n",
        "$1\r\nabc",
      })
  void endsTheStreamThatMakesNoSense(String stream) {
    RespReplyDecoder decoder = new RespReplyDecoder(LARGE, 8);
    ByteBuf in = Fragments.buffer(stream);
    for (int call = 0; call < 2; call++) {
      assertThatThrownBy(() -> decoder.decode(in)).isInstanceOf(RespProtocolException.class);
    }
  }

  @Test
  void skipsAStringOverTheLimitAndKeepsItsPlace() {
    assertThat(small("*2\r\n$9\r\n123456789\r\n$2\r\nhi\r\n:1\r\n"))
        .containsExactly(
            new Items(
                Kind.ARRAY,
                List.of(
                    new Oversized("bulk string is too large: bulkBytesMax=8, bulkBytes=9"),
                    bulk("hi"))),
            new Int(1));
  }

  @Test
  void skipsTheStringsWithWhichAReplyWouldBeTooLarge() {
    String eight = "$8\r\n12345678\r\n";
    RespLimits limits = new RespLimits(4, 8, 32, 40);
    byte[] stream = Fragments.bytes("*3\r\n" + eight.repeat(3) + "$1\r\na\r\n");
    assertThat(Fragments.replies(limits, 4, stream))
        .containsExactly(
            new Items(
                Kind.ARRAY,
                List.of(
                    bulk("12345678"),
                    bulk("12345678"),
                    new Oversized("reply is too large: frameBytesMax=40, frameBytes>=46"))),
            bulk("a"));
  }

  @Test
  void endsTheStreamOverTheOtherLimits() {
    assertThat(small("*5\r\n"))
        .containsExactly("lost, aggregate has too many items: argsMax=4, items=5");
    assertThat(small("%3\r\n"))
        .containsExactly("lost, aggregate has too many items: argsMax=4, items=6");
    assertThat(small("*1\r\n".repeat(4)))
        .containsExactly("lost, reply is too deep: depthMax=3, depth>3");
    assertThat(small("+" + "x".repeat(32)))
        .containsExactly("lost, line is too long: inlineBytesMax=32, lineBytes>32");
    assertThat(small("|0\r\n".repeat(17)))
        .containsExactly("lost, reply is too large: frameBytesMax=64, frameBytes>=68");
    assertThat(replies("(" + "1".repeat(1025) + "\r\n"))
        .containsExactly("lost, number is too long: numberBytesMax=1024, numberBytes=1025");
  }

  @Test
  void leavesNothingBehindToReadAgainOfABigValueInPieces() {
    int valueBytes = 8 << 20;
    RespReplyDecoder decoder = new RespReplyDecoder(LARGE, 8);
    assertThat(decoder.decode(Fragments.buffer("*1\r\n$" + valueBytes + "\r\n"))).isNull();
    ByteBuf in = Unpooled.wrappedBuffer(new byte[64]);
    boolean isConsumed = true;
    long before = Fragments.allocatedBytes();
    for (int done = 0; done < valueBytes; done += 64) {
      in.setIndex(0, 64);
      isConsumed &= decoder.decode(in) == null && !in.isReadable();
    }
    assertThat(Fragments.allocatedBytes() - before).isLessThan(3L * valueBytes + (1 << 20));
    assertThat(isConsumed).isTrue();
    assertThat(decoder.decode(Fragments.buffer("\r\n")))
        .isEqualTo(new Items(Kind.ARRAY, List.of(new Bulk(new byte[valueBytes]))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"$1073741824\r\nabc", "*1048576\r\n*1048576\r\n*1048576\r\n:1\r\n"})
  void makesNoRoomForWhatIsOnlyAnnounced(String stream) {
    Runnable reading =
        () -> assertThat(new RespReplyDecoder(LARGE, 8).decode(Fragments.buffer(stream))).isNull();
    assertThat(Fragments.allocatedBytes(reading)).isLessThan(1 << 18);
  }

  private static Bulk bulk(String text) {
    return new Bulk(Fragments.bytes(text));
  }

  private static List<Object> replies(String stream) {
    return Fragments.replies(LARGE, 8, Fragments.bytes(stream));
  }

  private static List<Object> small(String stream) {
    return Fragments.replies(SMALL, 3, Fragments.bytes(stream));
  }
}
