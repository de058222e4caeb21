package io.shardgrid.shard;

import static io.shardgrid.shard.Shell.bytes;
import static io.shardgrid.shard.Shell.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.bucket.PageBudget;
import io.shardgrid.failure.FailureCode;
import io.shardgrid.key.EvictionPolicy;
import io.shardgrid.key.MapSettings;
import io.shardgrid.key.MapsSettings;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A shard of 8 whose map has 512 KiB in the cluster: 64 KiB here. */
final class EvictingMapTest {

  private static final long CLUSTER_BYTES = 512 << 10;
  private static final String VALUE = "v".repeat(400);

  @ParameterizedTest
  @EnumSource(names = {"LRU", "LFU"})
  void keepsWhatIsUsedAndStaysWithinItsLimit(EvictionPolicy policy) {
    Shell shell = acting(policy, PageBudget.unlimited());
    shell.ask(put("used", VALUE));
    for (int i = 0; i < 3_000; i++) {
      assertThat(shell.ask(put("k" + i, VALUE)).kind()).isEqualTo(Answer.Kind.STORED);
      assertThat(shell.read("used")).isEqualTo(VALUE);
    }
    long entries = shell.replica.survey().entries();
    assertThat(entries).isBetween(100L, 160L);
    assertThat(shell.replica.survey().evicted()).isEqualTo(3_001 - entries);
    assertThat(shell.replica.survey().reservedBytes()).isLessThanOrEqualTo(CLUSTER_BYTES / 8);
  }

  @Test
  void numbersOneWriteWhateverItPushesOut() {
    Shell shell = acting(EvictionPolicy.LRU, PageBudget.unlimited());
    for (int i = 0; i < 500; i++) {
      shell.ask(put("k" + i, VALUE));
    }
    assertThat(shell.sequence()).isEqualTo(500);
  }

  @Test
  void storesBulkWritesOneByOne() {
    Shell shell = acting(EvictionPolicy.LRU, PageBudget.unlimited());
    List<byte[]> keys = new ArrayList<>();
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      keys.add(bytes("k" + i));
      values.add(bytes("v".repeat(1 + i)));
    }
    assertThat(shell.ask(new Request.PutAll(keys, values, Expiry.NEVER)))
        .isEqualTo(Answer.Done.INSTANCE);
    assertThat(shell.read("k599")).isEqualTo("v".repeat(600));
  }

  @Test
  void makesRoomForALongerValueByPushingOutSeveral() {
    Shell shell = acting(EvictionPolicy.LRU, PageBudget.unlimited());
    for (int i = 0; i < 500; i++) {
      shell.ask(put("k" + i, VALUE));
    }
    for (int i = 0; i < 40; i++) {
      shell.ask(put("long", "w".repeat(3_000 + i * 100)));
    }
    assertThat(shell.read("long")).hasSize(6_900);
  }

  @Test
  void refusesWhatItCanMakeNoRoomFor() {
    Shell shell = acting(EvictionPolicy.LFU, PageBudget.unlimited());
    for (int i = 0; i < 500; i++) {
      shell.ask(put("k" + i, VALUE));
    }
    Answer.Failed failed = (Answer.Failed) shell.ask(put("huge", "h".repeat(100_000)));
    assertThat(failed.code()).isEqualTo(FailureCode.MEMORY_EXCEEDED);
    assertThat(failed.message()).contains("evicting made no room", "map=cities");
    assertThat(shell.read("huge")).isNull();
  }

  @Test
  void evictsWhenTheNodeIsFullToo() {
    Shell shell = acting(EvictionPolicy.LRU, PageBudget.of(40_000));
    for (int i = 0; i < 500; i++) {
      assertThat(shell.ask(put("k" + i, VALUE)).kind()).isEqualTo(Answer.Kind.STORED);
    }
    assertThat(shell.replica.survey().entries()).isBetween(30L, 100L);
  }

  @Test
  void refusesAtItsLimitWithoutAPolicyAndNothingElseChanges() {
    Shell shell = acting(EvictionPolicy.NONE, PageBudget.unlimited());
    int stored = 0;
    while (shell.ask(put("k" + stored, VALUE)).kind() == Answer.Kind.STORED) {
      stored++;
    }
    assertThat(stored).isBetween(100, 160);
    Answer.Failed failed = (Answer.Failed) shell.ask(put("more", VALUE));
    assertThat(failed.message()).contains("the memory limit is met", "map=cities");
    List<byte[]> keys = List.of(bytes("x"), bytes("y"));
    List<byte[]> values = List.of(bytes(VALUE.repeat(20)), bytes(VALUE.repeat(20)));
    assertThat(shell.ask(new Request.PutAll(keys, values, Expiry.NEVER)))
        .isInstanceOfSatisfying(
            Answer.Failed.class, bulk -> assertThat(bulk.message()).contains("stored=0"));
    assertThat(shell.replica.survey().entries()).isEqualTo(stored);
    assertThat(shell.replica.survey().evicted()).isZero();
  }

  private static Shell acting(EvictionPolicy policy, PageBudget node) {
    MapSettings others = new MapSettings(EvictionPolicy.NONE, MapSettings.UNLIMITED);
    MapsSettings maps =
        new MapsSettings(Map.of(Shell.MAP, new MapSettings(policy, CLUSTER_BYTES)), others);
    return Shell.acting(Shell.SETTINGS, maps, node);
  }
}
