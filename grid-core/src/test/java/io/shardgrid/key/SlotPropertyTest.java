package io.shardgrid.key;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

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
}
