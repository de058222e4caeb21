package io.shardgrid.history;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class VersionsTest {

  private static final Versions GAPPED = of(Versions.atLeast(3).whereNot(5));

  @Test
  void areExactOnceTold() {
    assertThat(Versions.atLeast(3).where(7)).isEqualTo(Versions.exactly(7));
    assertThat(Versions.atLeast(3).where(2)).isNull();
    assertThat(Versions.exactly(7).where(7)).isEqualTo(Versions.exactly(7));
    assertThat(Versions.exactly(7).where(8)).isNull();
    assertThat(GAPPED.where(5)).isNull();
  }

  @Test
  void growWithEveryWrite() {
    assertThat(Versions.exactly(7).next()).isEqualTo(Versions.atLeast(8));
    assertThat(Versions.atLeast(7).next()).isEqualTo(Versions.atLeast(8));
    assertThat(Versions.exactly(7).next(9)).isEqualTo(Versions.exactly(9));
    assertThat(Versions.exactly(7).next(7)).isNull();
    assertThat(Versions.atLeast(7).next(8)).isEqualTo(Versions.exactly(8));
    assertThat(Versions.atLeast(7).next(7)).isNull();
  }

  @Test
  void loseWhatIsRuledOut() {
    assertThat(Versions.exactly(7).whereNot(7)).isNull();
    assertThat(Versions.exactly(7).whereNot(8)).isEqualTo(Versions.exactly(7));
    assertThat(GAPPED).isEqualTo(new Versions(3, false, List.of(5L)));
    assertThat(GAPPED.whereNot(5)).isEqualTo(GAPPED);
    assertThat(of(GAPPED.whereNot(4)).whereNot(3)).isEqualTo(Versions.atLeast(6));
    assertThat(GAPPED.next()).isEqualTo(Versions.atLeast(4));
  }

  @Test
  void coverWhatTheyContain() {
    List<Versions> all =
        List.of(
            Versions.exactly(3),
            Versions.exactly(5),
            Versions.atLeast(3),
            Versions.atLeast(4),
            Versions.atLeast(6),
            GAPPED,
            of(GAPPED.whereNot(7)));
    for (Versions some : all) {
      for (Versions others : all) {
        boolean holdsAll =
            LongStream.range(0, 20).filter(others::contains).allMatch(some::contains);
        assertThat(some.covers(others)).as("%s covers %s", some, others).isEqualTo(holdsAll);
      }
    }
  }

  @Test
  void readAsText() {
    assertThat(Versions.exactly(3)).hasToString("v3");
    assertThat(Versions.atLeast(3)).hasToString("v3 or later");
    assertThat(GAPPED).hasToString("v3 or later but [5]");
  }

  private static Versions of(@Nullable Versions versions) {
    return requireNonNull(versions);
  }
}
