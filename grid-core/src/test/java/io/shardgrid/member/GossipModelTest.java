package io.shardgrid.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.member.GossipModel.Course;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GossipModelTest {

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 100, 300})
  void reachesAllBeforeTheFirstKnowsThatItDid(int members) {
    for (long seed = 1; seed <= 5; seed++) {
      Course course = new GossipModel(members, seed).run(1, 0);
      assertThat(course.allKnowMillis())
          .as("seed %d", seed)
          .isBetween(0.0, course.convergedMillis());
      assertThat(course.merges()).as("seed %d", seed).isZero();
      assertThat(course.wholes()).as("seed %d", seed).isGreaterThanOrEqualTo(members - 1);
    }
  }

  @Test
  void repeatsItselfExactly() {
    assertThat(new GossipModel(50, 7).run(20, 100)).isEqualTo(new GossipModel(50, 7).run(20, 100));
  }

  @Test
  void mergesWhatSeveralHaveChanged() {
    Course course = new GossipModel(100, 1).run(60, 100);
    assertThat(course.merges()).isPositive();
    assertThat(course.clockEntries()).isGreaterThan(course.wholes());
  }

  /** The rounds grow as the logarithm of the members, not as their number. */
  @Test
  void takesFewMoreRoundsForManyMoreMembers() {
    double few = new GossipModel(30, 3).run(1, 0).convergedMillis();
    double many = new GossipModel(300, 3).run(1, 0).convergedMillis();
    assertThat(many).isLessThan(few + 10 * GossipModel.INTERVAL_MILLIS);
  }
}
