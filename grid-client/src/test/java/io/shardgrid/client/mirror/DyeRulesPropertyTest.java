package io.shardgrid.client.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.Slot;
import io.shardgrid.wire.Request;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/** Which keys are dyed. */
final class DyeRulesPropertyTest {

  private static final int KEYS = 20_000;

  @Property(tries = 200)
  void onlyAddsKeysWhenTheShareGrows(
      @ForAll byte[] key,
      @ForAll @DoubleRange(min = 0, max = 100) double one,
      @ForAll @DoubleRange(min = 0, max = 100) double other) {
    DyeRules smaller = DyeRules.ALL.withPercent(Math.min(one, other));
    DyeRules larger = DyeRules.ALL.withPercent(Math.max(one, other));

    assertThat(smaller.covers(key)).isEqualTo(smaller.covers(key.clone()));
    assertThat(!smaller.covers(key) || larger.covers(key)).isTrue();
    assertThat(DyeRules.ALL.covers(key)).isTrue();
    assertThat(DyeRules.ALL.withPercent(0).covers(key)).isFalse();
  }

  @Test
  void takesTheSameShareOfTheKeysOfEveryPartOfTheSlots() {
    DyeRules tenth = DyeRules.ALL.withPercent(10);
    int[] keys = new int[8];
    int[] dyed = new int[8];
    for (int number = 0; number < KEYS; number++) {
      byte[] key = ("order:" + number).getBytes(StandardCharsets.UTF_8);
      int part = Slot.shardOf(Slot.of(key), 8);
      keys[part]++;
      dyed[part] += tenth.covers(key) ? 1 : 0;
    }

    for (int part = 0; part < 8; part++) {
      // Five standard deviations of a binomial share of 2,500 keys.
      assertThat((double) dyed[part] / keys[part]).isBetween(0.07, 0.13);
    }
  }

  @Test
  void dyesKeysOfOneHashTagOneByOne() {
    DyeRules half = DyeRules.ALL.withPercent(50);
    int dyed = 0;
    for (int number = 0; number < 1_000; number++) {
      byte[] key = ("{basel}:" + number).getBytes(StandardCharsets.UTF_8);
      dyed += half.covers(key) ? 1 : 0;
    }

    assertThat(dyed).isBetween(420, 580);
  }

  @Test
  void dyesByMapKindAndTag() {
    byte[] key = {1};
    DyeRules rules = new DyeRules(100, Set.of("orders"), Set.of(Request.Kind.GET), "beta", true);

    assertThat(rules.isDyed("orders", key, Request.Kind.GET, "beta")).isTrue();
    assertThat(rules.isDyed("stock", key, Request.Kind.GET, "beta")).isFalse();
    assertThat(rules.isDyed("orders", key, Request.Kind.PUT, "beta")).isFalse();
    assertThat(rules.isDyed("orders", key, Request.Kind.GET, "")).isFalse();
  }

  @Test
  void copiesWritesOfKeysThatAreNotDyedSoThatTheShareMayGrow() {
    byte[] key = {1};
    DyeRules none = DyeRules.ALL.withPercent(0);
    DyeRules own = new DyeRules(0, Set.of(), Set.of(), "", false);

    assertThat(none.copies("orders", key)).isTrue();
    assertThat(own.copies("orders", key)).isFalse();
  }
}
