package io.shardgrid.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SlotPropertyTest {

  @Property(tries = 300)
  void rangesPartitionTheSlotsAndAgreeWithShardOf(
      @ForAll @IntRange(min = 1, max = Slot.COUNT) int shards) {
    int next = 0;
    for (int shard = 0; shard < shards; shard++) {
      SlotRange range = Slot.rangeOf(shard, shards);
      assertThat(range.first()).isEqualTo(next);
      assertThat(range.size()).isBetween(Slot.COUNT / shards, Slot.COUNT / shards + 1);
      assertThat(Slot.shardOf(range.first(), shards)).isEqualTo(shard);
      assertThat(Slot.shardOf(range.last(), shards)).isEqualTo(shard);
      next = range.last() + 1;
    }
    assertThat(next).isEqualTo(Slot.COUNT);
  }

  @Property
  void shardOfNeverFallsAndItsRangeHoldsTheSlot(
      @ForAll @IntRange(min = 1, max = Slot.COUNT) int shards,
      @ForAll @IntRange(max = Slot.COUNT - 1) int slot) {
    int shard = Slot.shardOf(slot, shards);
    assertThat(shard).isEqualTo((int) ((long) slot * shards / Slot.COUNT));
    assertThat(Slot.rangeOf(shard, shards).contains(slot)).isTrue();
  }

  @Property
  void everyKeyHasASlot(@ForAll byte[] key) {
    assertThat(Slot.of(key)).isBetween(0, Slot.COUNT - 1);
  }

  @Property
  void isTheRemainderWhateverTheLengthAndWhereverTheTagStands(
      @ForAll @Size(max = 3) byte[] before,
      @ForAll @Size(min = 1, max = 67) byte[] tag,
      @ForAll @Size(max = 3) byte[] after) {
    byte[] plain = withoutBraces(tag);
    int slot = bitwiseSlotOf(plain);
    assertThat(Slot.of(plain)).isEqualTo(slot);
    assertThat(
            Slot.of(
                joined(withoutBraces(before), new byte[] {'{'}, plain, new byte[] {'}'}, after)))
        .isEqualTo(slot);
  }

  private static byte[] withoutBraces(byte[] bytes) {
    byte[] plain = bytes.clone();
    for (int i = 0; i < plain.length; i++) {
      if (plain[i] == '{' || plain[i] == '}') {
        plain[i] = 0;
      }
    }
    return plain;
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** CRC16/XMODEM bit by bit. */
  private static int bitwiseSlotOf(byte[] bytes) {
    int crc = 0;
    for (byte next : bytes) {
      crc ^= next << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ 0x1021;
      }
    }
    return crc & (Slot.COUNT - 1);
  }
}
