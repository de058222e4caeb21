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

class RespReplyDecoderPropertyTest {

  private static final RespLimits LARGE = new RespLimits(1 << 20, 1 << 30, 1 << 16, 1 << 30);
  private static final RespLimits SMALL = new RespLimits(4, 6, 12, 40);

  @Property
  void readsWhatTheWriterWroteHoweverItIsCut(
      @ForAll("replies") @Size(max = 5) List<RespValue> replies, @ForAll("pieces") int[] pieces) {
    ByteBuf out = Unpooled.buffer();
    replies.forEach(reply -> write(out, reply));
    assertThat(Fragments.replies(LARGE, 8, ByteBufUtil.getBytes(out), pieces)).isEqualTo(replies);
  }

  @Property(tries = 5000)
  void findsTheSameInAnyBytesHoweverTheyAreCut(
      @ForAll("streams") String stream, @ForAll("pieces") int[] pieces) {
    byte[] bytes = Fragments.bytes(stream);
    assertThat(Fragments.replies(SMALL, 3, bytes, pieces))
        .isEqualTo(Fragments.replies(SMALL, 3, bytes));
  }

  @Property
  void holdsLittleWhateverArrives(@ForAll byte[] garbage) {
    assertThat(Fragments.allocatedBytes(() -> Fragments.replies(LARGE, 8, garbage)))
        .isLessThan(1 << 20);
  }

  @Provide
  Arbitrary<List<RespValue>> replies() {
    return values(3).list();
  }

  @Provide
  Arbitrary<int[]> pieces() {
    return Arbitraries.integers().between(1, 20).array(int[].class).ofMinSize(1).ofMaxSize(8);
  }

  @Provide
  Arbitrary<String> streams() {
    Arbitrary<String> nearlyRight =
        Arbitraries.of(
            "+OK\r\n",
            "-ERR x\r\n",
            ":12\r\n",
            "$3\r\nabc\r\n",
            "$7\r\n1234567\r\n",
            "$-1\r\n",
            "*2\r\n",
            "*5\r\n",
            "*0\r\n",
            "%1\r\n",
            "~1\r\n",
            ">1\r\n",
            "|1\r\n",
            "|0\r\n",
            "_\r\n",
            "#t\r\n",
            ",1.5\r\n",
            "(99\r\n",
            "!5\r\nERR x\r\n",
            "=5\r\ntxt:a\r\n");
    Arbitrary<String> letters =
        Arbitraries.strings().withChars("+-:$*%~>|_#,(!=?0123456789\r\n tf.einx").ofMaxLength(6);
    return Arbitraries.frequencyOf(Tuple.of(12, nearlyRight), Tuple.of(1, letters))
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }

  private static Arbitrary<RespValue> values(int depth) {
    Arbitrary<RespValue> leaves =
        Arbitraries.oneOf(
            Arbitraries.just(new RespValue.Null()),
            Arbitraries.longs().map(RespValue.Int::new),
            Arbitraries.doubles().map(RespValue.Real::new),
            Arbitraries.of(true, false).map(RespValue.Bool::new),
            Arbitraries.strings()
                .excludeChars('\r', '\n')
                .ofMaxLength(9)
                .map(RespValue.Simple::new),
            Arbitraries.strings().alpha().map(text -> new RespValue.Failure("ERR", text)),
            Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(RespValue.Bulk::new));
    return depth == 0 ? leaves : Arbitraries.oneOf(leaves, aggregates(depth));
  }

  private static Arbitrary<RespValue> aggregates(int depth) {
    return Arbitraries.of(RespValue.Kind.values())
        .flatMap(
            kind ->
                values(depth - 1)
                    .list()
                    .ofMaxSize(6)
                    .filter(items -> kind != RespValue.Kind.MAP || items.size() % 2 == 0)
                    .map(items -> new RespValue.Items(kind, items)));
  }

  private static void write(ByteBuf out, RespValue value) {
    RespVersion version = RespVersion.RESP3;
    if (value instanceof RespValue.Null) {
      RespWriter.nil(out, version);
    } else if (value instanceof RespValue.Int integer) {
      RespWriter.integer(out, integer.value());
    } else if (value instanceof RespValue.Real real) {
      RespWriter.real(out, real.value(), version);
    } else if (value instanceof RespValue.Bool bool) {
      RespWriter.bool(out, bool.value(), version);
    } else if (value instanceof RespValue.Simple simple) {
      RespWriter.simple(out, simple.text());
    } else if (value instanceof RespValue.Failure failure) {
      RespWriter.error(out, failure.code() + " " + failure.message());
    } else if (value instanceof RespValue.Bulk bulk) {
      RespWriter.bulk(out, bulk.bytes());
    } else if (value instanceof RespValue.Items items) {
      writeHeader(out, items, version);
      items.items().forEach(item -> write(out, item));
    } else {
      throw new IllegalArgumentException("not written by this test: value=" + value);
    }
  }

  private static void writeHeader(ByteBuf out, RespValue.Items items, RespVersion version) {
    int count = items.items().size();
    switch (items.kind()) {
      case ARRAY -> RespWriter.arrayHeader(out, count);
      case SET -> RespWriter.setHeader(out, count, version);
      case MAP -> RespWriter.mapHeader(out, count / 2, version);
      case PUSH -> RespWriter.pushHeader(out, count, version);
    }
  }
}
