package io.shardgrid.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The writer and the reader that all items are made with. */
final class WireFieldsTest {

  private final WireWriter out = new WireWriter(0);

  @Test
  void growsAsNeeded() {
    byte[] large = new byte[100_000];
    Arrays.fill(large, (byte) 7);
    for (int i = 0; i < 5; i++) {
      out.writeBytes(large);
    }
    WireReader in = new WireReader(out.toBytes());
    for (int i = 0; i < 5; i++) {
      assertThat(in.readBytes()).isEqualTo(large);
    }
    in.requireEnd();
  }

  @Test
  void forgetsWhatStandsBehindALengthAndNoMore() {
    out.writeLong(1);
    int length = out.length();
    out.writeText("not to be kept");
    out.truncate(length);
    out.writeLong(2);
    WireReader in = new WireReader(out.toBytes());
    assertThat(in.readLong()).isEqualTo(1);
    assertThat(in.readLong()).isEqualTo(2);
    in.requireEnd();
    assertThatThrownBy(() -> out.truncate(17)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givesUpMemoryAboveWhatIsKept() {
    out.writeBytes(new byte[10_000]);
    out.clear(20_000);
    assertThat(out.length()).isZero();
    assertThat(out.array()).as("kept").hasSizeGreaterThan(10_000);
    out.clear(1_000);
    assertThat(out.array()).hasSize(1_000);
  }

  @Test
  void readsAsFarAsItWasToldAndWhatItReturnsIsItsOwn() {
    byte[] shared = {2, 11, 12, 0, 0};
    WireReader in = new WireReader(new byte[0]);
    in.reset(shared, 3);
    byte[] read = in.readBytes();
    shared[1] = 99;
    assertThat(read).containsExactly(11, 12);
    assertThat(in.isReadable()).isFalse();
    assertThatThrownBy(in::readByte)
        .isInstanceOf(WireException.class)
        .hasMessage("bytes end within a field: wanted=1, readable=0");
    assertThatThrownBy(() -> in.reset(shared, 6)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anItemEndsWhereItSays() {
    int start = out.beginItem();
    out.writeNumber(300);
    out.endItem(start);
    out.writeByte(5);
    WireReader in = new WireReader(out.toBytes());
    int limit = in.beginItem();
    assertThat(in.readableBytes()).isEqualTo(2);
    assertThatThrownBy(() -> in.endItem(limit))
        .isInstanceOf(WireException.class)
        .hasMessage("bytes behind the last field: bytes=2");
    assertThat(in.readNumber()).isEqualTo(300);
    in.endItem(limit);
    assertThat(in.readByte()).isEqualTo((byte) 5);
  }

  @Test
  void takesNamesOfMapsFromTheCache() {
    out.writeName("cities");
    MapNames names = new MapNames(4);
    String first = new WireReader(out.toBytes(), names).readMapName();
    assertThat(new WireReader(out.toBytes(), names).readMapName())
        .isEqualTo("cities")
        .isSameAs(first);
    assertThat(new WireReader(out.toBytes()).readMapName()).isEqualTo("cities");
  }
}
