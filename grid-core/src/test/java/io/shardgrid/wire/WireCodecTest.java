package io.shardgrid.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireCodecTest {

  private static final int KIND_OFFSET = 4 + 2 + 1 + 8 + 5;

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
    ByteBuf bytes = Unpooled.buffer();
    PlacementCodec.writeEntries(bytes, entries);
    assertThat(bytes.readableBytes()).isLessThan(4096);
    assertThat(PlacementCodec.readEntries(bytes)).isEqualTo(entries);
  }

  @Test
  void aSmallOperationTakesFewBytes() {
    assertThat(bytesOf(get("c")).readableBytes()).isLessThan(40);
  }

  @Test
  void namesAreOneInstance() {
    String first = OperationCodec.read(bytesOf(get("cities")), 0, names).map();
    String second = OperationCodec.read(bytesOf(get("cities")), 0, names).map();
    assertThat(second).isEqualTo("cities").isSameAs(first);
    for (int i = 0; i < 100; i++) {
      assertThat(OperationCodec.read(bytesOf(get("m" + i)), 0, names).map()).isEqualTo("m" + i);
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
  }

  @Test
  void refusesUnknownCodes() {
    ByteBuf bytes = bytesOf(get("c"));
    bytes.setByte(KIND_OFFSET, 99);
    assertThatThrownBy(() -> OperationCodec.read(bytes, 0, names))
        .isInstanceOf(WireException.class)
        .hasMessage("unknown kind of request: code=99, known=0..14");
  }

  @Test
  void standsBehindAnItemThatItRefused() {
    ByteBuf bytes = bytesOf(get("c"));
    bytes.setByte(KIND_OFFSET, 99);
    OperationCodec.write(bytes, get("d"), 0);
    assertThatThrownBy(() -> OperationCodec.read(bytes, 0, names))
        .isInstanceOf(WireException.class);
    assertThat(OperationCodec.read(bytes, 0, names).map()).isEqualTo("d");
  }

  @Test
  void refusesLengthsThatTheBytesCannotHold() {
    ByteBuf item = Unpooled.buffer().writeInt(Integer.MAX_VALUE).writeByte(1);
    assertThatThrownBy(() -> OperationCodec.read(item, 0, names))
        .isInstanceOf(WireException.class)
        .hasMessage("item does not fit: bytes=2147483647, readable=1");
    ByteBuf list = Unpooled.buffer();
    Fields.writeNumber(list, Integer.MAX_VALUE);
    assertThatThrownBy(() -> PlacementCodec.readEntries(list))
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
    ByteBuf bytes = bytesOf(get("c"));
    bytes.setByte(5, 0xFF);
    assertThatThrownBy(() -> OperationCodec.read(bytes, 0, names))
        .isInstanceOf(WireException.class)
        .hasMessage("text is not UTF-8: bytes=1");
  }

  @Test
  void refusesStrangersByTheirFirstBytes() {
    ByteBuf bytes = Unpooled.copiedBuffer("GET / HTTP/1.1", StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> HandshakeCodec.readVersion(bytes))
        .isInstanceOf(WireException.class)
        .hasMessage("does not speak the protocol of peer links");
  }

  @Test
  void numbersTakeAsManyBytesAsTheyNeed() {
    long[] numbers = {0, 1, 127, 128, 16383, 16384, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, -1};
    int[] lengths = {1, 1, 1, 2, 2, 3, 5, 9, 10, 10};
    for (int i = 0; i < numbers.length; i++) {
      ByteBuf bytes = Unpooled.buffer();
      Fields.writeNumber(bytes, numbers[i]);
      assertThat(bytes.readableBytes()).isEqualTo(lengths[i]);
      assertThat(Fields.readNumber(bytes)).isEqualTo(numbers[i]);
    }
    ByteBuf tooLong = Unpooled.wrappedBuffer(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 2});
    assertThatThrownBy(() -> Fields.readNumber(tooLong)).isInstanceOf(WireException.class);
  }

  private static Operation get(String map) {
    byte[] key = {'k', 'e', 'y'};
    return new Operation(map, 3, 7, 1, 1, 1, 0, 0, new Request.Get(key));
  }

  private static ByteBuf bytesOf(Operation operation) {
    ByteBuf bytes = Unpooled.buffer();
    OperationCodec.write(bytes, operation, 0);
    return bytes;
  }
}
