package io.shardgrid.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SubjectsTest {

  private static final byte[] KEY = SampleKeys.key(1, 16);
  private static final byte[] VALUE = {1, 2, 3};

  @ParameterizedTest
  @EnumSource
  void copiesInAndOut(Contender contender) {
    Subject subject = Subjects.of(contender);
    byte[] key = KEY.clone();
    byte[] value = VALUE.clone();
    subject.put(key, value);
    key[0]++;
    value[0]++;
    assertThat(subject.get(KEY)).isEqualTo(VALUE).isNotSameAs(subject.get(KEY));
    assertThat(subject.get(key)).isNull();
    assertThat(subject.remove(key)).isFalse();
    assertThat(subject.remove(KEY)).isTrue();
    assertThat(subject.entries()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void fillsWithKeysThatDiffer(Contender contender) {
    Subject subject = Subjects.of(contender);
    Subjects.fill(subject, 10_000, 8, 8);
    assertThat(subject.entries()).isEqualTo(10_000);
    assertThat(subject.get(SampleKeys.key(9_999, 8))).isEqualTo(SampleKeys.value(8));
  }
}
