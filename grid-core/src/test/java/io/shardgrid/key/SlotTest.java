package io.shardgrid.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotTest {

  @ParameterizedTest
  @CsvSource({
    "123456789, 12739",
    "'', 0",
    "foo, 12182",
    "somekey, 11058",
    "foo{hash_tag}, 2515",
    "bar{hash_tag}, 2515",
  })
  void isTheOneOfRedisCluster(String key, int slot) {
    assertThat(slotOf(key)).isEqualTo(slot);
  }

  @ParameterizedTest
  @CsvSource({
    "{user1000}.following, user1000",
    "{user1000}.followers, user1000",
    "foo{bar}{zap}, bar",
    "foo{{bar}}zap, {bar",
    "foo}{bar}, bar",
  })
  void isThatOfTheHashTag(String key, String tag) {
    assertThat(slotOf(key)).isEqualTo(plainSlotOf(tag));
  }

  @ParameterizedTest
  @CsvSource({"foo{}{bar}", "{}", "foo{bar", "foo}bar", "}{", "foo{"})
  void isThatOfTheWholeKeyWithoutAHashTag(String key) {
    assertThat(slotOf(key)).isEqualTo(plainSlotOf(key));
  }

  @Test
  void takesBytesAboveAscii() {
    assertThat(Slot.of(new byte[] {(byte) 0xFF})).isEqualTo(0x1EF0 & (Slot.COUNT - 1));
  }

  @Test
  void refusesWhatIsNoSlotOrShard() {
    assertThatThrownBy(() -> Slot.shardOf(Slot.COUNT, 256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("slot=16384");
    assertThatThrownBy(() -> Slot.shardOf(-1, 256)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Slot.shardOf(0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Slot.rangeOf(0, Slot.COUNT + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shards=16385");
    assertThatThrownBy(() -> Slot.rangeOf(256, 256)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesARangeThatIsNone() {
    assertThatThrownBy(() -> new SlotRange(5, 4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SlotRange(-1, 4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SlotRange(0, Slot.COUNT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static int slotOf(String key) {
    return Slot.of(key.getBytes(StandardCharsets.US_ASCII));
  }

  /** CRC16/XMODEM bit by bit, of the whole key. */
  private static int plainSlotOf(String key) {
    int crc = 0;
    for (byte next : key.getBytes(StandardCharsets.US_ASCII)) {
      crc ^= next << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ 0x1021;
      }
    }
    return crc & 0x3FFF;
  }
}
