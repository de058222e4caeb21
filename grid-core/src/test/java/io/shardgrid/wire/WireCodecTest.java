package io.shardgrid.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.trace.TraceContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireCodecTest {

  private static final int KIND_OFFSET = 4 + 2 + 1 + 8 + 5;

  /** Behind the flags and the trace of an operation that is followed. */
  private static final int REQUEST_OFFSET = KIND_OFFSET + 1 + TraceCodec.BYTES;

  private static final TraceContext TRACE = TraceContext.sampled(1, -2, 3);

  private final MapNames names = new MapNames(4);

  @Test
  void aPlacementOf256ShardsTakesAFewKibibytes() {
    List<NodeId> nodes =
        List.of(new NodeId("10.0.0.1", 10171, 1), new NodeId("10.0.0.2", 10171, 2));
    List<PlacementEntry> entries = new ArrayList<>();
    for (int shard = 0; shard < 256; shard++) {
      long epoch = Epoch.of(3, 1000 + shard * 7);
      NodeId primary = nodes.get(shard % 2);
      entries.add(new PlacementEntry(shard, epoch, epoch - 300, Epoch.of(2, 5), primary, nodes));
    }
    WireWriter out = new WireWriter(0);
    PlacementCodec.writeEntries(out, entries);
    assertThat(out.length()).isLessThan(4096);
    assertThat(PlacementCodec.readEntries(new WireReader(out.toBytes()))).isEqualTo(entries);
  }

  @Test
  void aSmallOperationTakesFewBytes() {
    assertThat(bytesOf(get("c"))).hasSizeLessThan(40);
  }

  @Test
  void namesAreOneInstance() {
    String first = OperationCodec.read(reader(bytesOf(get("cities"))), 0).map();
    String second = OperationCodec.read(reader(bytesOf(get("cities"))), 0).map();
    assertThat(second).isEqualTo("cities").isSameAs(first);
    for (int i = 0; i < 100; i++) {
      assertThat(OperationCodec.read(reader(bytesOf(get("m" + i))), 0).map()).isEqualTo("m" + i);
    }
  }

  @Test
  void aReceiverGivesAnOperationUpAfterItsClientWhicheverClockIsFaster() {
    long left = 5_000_000_000L;
    long there = Long.MAX_VALUE - 1_000;
    long waited = Operation.givenUpNanos(there, left) - there;
    double slowestClient = 1 / 0.976;
    double fastestReceiver = 1 / 1.024;
    assertThat(waited * fastestReceiver).isGreaterThan(left * slowestClient);
    assertThat(waited).isLessThan(left + left / 10);
    assertThat(Operation.givenUpNanos(there, -left) - there).isEqualTo(-left);
    assertThat(Operation.givenUpNanos(there, Long.MAX_VALUE) - there).isPositive();
    // A second later, too: differences of clocks wrap around.
    long overdue = Operation.givenUpNanos(there, Long.MIN_VALUE);
    assertThat(overdue - (there + 1_000_000_000L)).isNegative();
  }

  @Test
  void refusesUnknownCodes() {
    byte[] bytes = bytesOf(get("c"));
    bytes[KIND_OFFSET] = 99;
    assertThatThrownBy(() -> OperationCodec.read(reader(bytes), 0))
        .isInstanceOf(WireException.class)
        .hasMessage("unknown kind of request: code=99, known=0..17");
  }

  @Test
  void refusesLengthsThatTheBytesCannotHold() {
    byte[] item = {0x7F, -1, -1, -1, 1};
    assertThatThrownBy(() -> OperationCodec.read(reader(item), 0))
        .isInstanceOf(WireException.class)
        .hasMessage("item does not fit: bytes=2147483647, readable=1");
    WireWriter list = new WireWriter(0);
    list.writeNumber(Integer.MAX_VALUE);
    assertThatThrownBy(() -> PlacementCodec.readEntries(new WireReader(list.toBytes())))
        .isInstanceOf(WireException.class)
        .hasMessageStartingWith("length of a list is out of range: value=2147483647");
  }

  @Test
  void refusesNamesThatAreTooLong() {
    assertThatThrownBy(() -> bytesOf(get("x".repeat(256))))
        .isInstanceOf(WireException.class)
        .hasMessage("name is too long: bytes=256, max=255");
  }

  @Test
  void refusesTextThatIsNotUtf8() {
    byte[] bytes = bytesOf(get("c"));
    bytes[5] = (byte) 0xFF;
    assertThatThrownBy(() -> OperationCodec.read(reader(bytes), 0))
        .isInstanceOf(WireException.class)
        .hasMessage("text is not UTF-8: bytes=1");
  }

  @Test
  void refusesStrangersByTheirFirstBytes() {
    byte[] bytes = "GET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> HandshakeCodec.readVersion(new WireReader(bytes)))
        .isInstanceOf(WireException.class)
        .hasMessage("does not speak the protocol of peer links");
  }

  @Test
  void numbersTakeAsManyBytesAsTheyNeed() {
    long[] numbers = {0, 1, 127, 128, 16383, 16384, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, -1};
    int[] lengths = {1, 1, 1, 2, 2, 3, 5, 9, 10, 10};
    for (int i = 0; i < numbers.length; i++) {
      WireWriter out = new WireWriter(0);
      out.writeNumber(numbers[i]);
      assertThat(out.length()).isEqualTo(lengths[i]);
      assertThat(new WireReader(out.toBytes()).readNumber()).isEqualTo(numbers[i]);
    }
    byte[] tooLong = {-1, -1, -1, -1, -1, -1, -1, -1, -1, 2};
    assertThatThrownBy(() -> new WireReader(tooLong).readNumber())
        .isInstanceOf(WireException.class);
  }

  @Test
  @SuppressWarnings("EnumOrdinal") // a kind's number on the wire
  void whatIsNotFollowedTakesNoByteForThat() {
    Operation plain = get("c");
    byte[] bytes = bytesOf(plain);
    byte[] followed = bytesOf(plain.under(TRACE));
    assertThat(followed).hasSize(bytes.length + 1 + TraceCodec.BYTES);
    assertThat(Arrays.copyOfRange(followed, 4, KIND_OFFSET))
        .isEqualTo(Arrays.copyOfRange(bytes, 4, KIND_OFFSET));
    assertThat(Arrays.copyOfRange(followed, REQUEST_OFFSET, followed.length))
        .isEqualTo(Arrays.copyOfRange(bytes, KIND_OFFSET, bytes.length));
    assertThat(bytes[KIND_OFFSET]).as("a get").isZero();
    assertThat(OperationCodec.read(reader(followed), 0).trace()).isEqualTo(TRACE);
    assertThat(OperationCodec.read(reader(bytes), 0).trace()).isNull();
  }

  @Test
  void noKindOfRequestLooksLikeFlags() {
    assertThat(Request.Kind.values()).hasSizeLessThan(128);
  }

  @Test
  void refusesUnknownFlagsOfAnOperation() {
    byte[] bytes = bytesOf(get("c").under(TRACE));
    for (int flags : new int[] {0, 2, 3, 127}) {
      bytes[KIND_OFFSET] = (byte) (0x80 | flags);
      assertThatThrownBy(() -> OperationCodec.read(reader(bytes), 0))
          .isInstanceOf(WireException.class)
          .hasMessage("unknown flags of an operation: flags=" + flags + ", known=1");
    }
  }

  @Test
  void refusesATraceThatIsCutOrNone() {
    byte[] whole = bytesOf(get("c").under(TRACE));
    for (int length = KIND_OFFSET + 1; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      cut[3] = (byte) (cut.length - 4);
      assertThatThrownBy(() -> OperationCodec.read(reader(cut), 0))
          .isInstanceOf(WireException.class);
    }
    byte[] none = whole.clone();
    Arrays.fill(none, KIND_OFFSET + 1, REQUEST_OFFSET, (byte) 0);
    assertThatThrownBy(() -> OperationCodec.read(reader(none), 0))
        .isInstanceOf(WireException.class)
        .hasMessage("the number of a trace or of its span is 0");
  }

  @Test
  void anAgeBeyondAnIntIsAtItsBound() {
    Operation old =
        new Operation("c", 3, 7, 1, 1, 1, Long.MAX_VALUE, 0, new Request.Get(new byte[] {1}));
    assertThat(OperationCodec.read(reader(bytesOf(old)), 0).ageMillis())
        .isEqualTo(Integer.MAX_VALUE);
  }

  private static Operation get(String map) {
    byte[] key = {'k', 'e', 'y'};
    return new Operation(map, 3, 7, 1, 1, 1, 0, 0, new Request.Get(key));
  }

  private static byte[] bytesOf(Operation operation) {
    WireWriter out = new WireWriter(0);
    OperationCodec.write(out, operation, 0);
    return out.toBytes();
  }

  private WireReader reader(byte[] bytes) {
    return new WireReader(bytes, names);
  }
}
