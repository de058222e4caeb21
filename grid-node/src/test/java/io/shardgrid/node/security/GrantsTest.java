package io.shardgrid.node.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GrantsTest {

  private static final Grants CLERK =
      new Grants(
          List.of(
              new Grant(List.of("orders*"), EnumSet.of(Right.WRITE)),
              new Grant(List.of("orders-open", "*-public"), EnumSet.of(Right.READ))));

  @Test
  void addsUpWhatIsGrantedOnAMap() {
    assertThat(CLERK.cover(Need.WRITE, "orders")).isTrue();
    assertThat(CLERK.cover(Need.READ, "orders")).isFalse();
    assertThat(CLERK.cover(Need.READ_WRITE, "orders-open")).isTrue();
    assertThat(CLERK.cover(Need.READ, "prices-public")).isTrue();
    assertThat(CLERK.cover(Need.WRITE, "prices-public")).isFalse();
    assertThat(CLERK.cover(Need.READ, "default")).isFalse();
  }

  @Test
  void wantsEveryMapForWhatIsAboutEveryMap() {
    assertThat(CLERK.cover(Need.WRITE_EVERY_MAP)).isFalse();
    assertThat(Grants.ALL.cover(Need.WRITE_EVERY_MAP)).isTrue();
    assertThat(CLERK.cover(Need.ADMIN)).isFalse();
    assertThat(Grants.ALL.cover(Need.ADMIN)).isTrue();
    assertThat(CLERK.cover(Need.LOGIN)).isTrue();
  }

  @Test
  void givesAnAdministratorOfTheClusterNoData() {
    Grants steering = new Grants(List.of(new Grant(List.of(), EnumSet.of(Right.ADMIN))));
    assertThat(steering.cover(Need.ADMIN)).isTrue();
    assertThat(steering.cover(Need.READ, "default")).isFalse();
  }

  @Test
  void answersAlikeForMoreMapsThanItRemembers() {
    for (int round = 0; round < 2; round++) {
      for (int number = 0; number < 3_000; number++) {
        assertThat(CLERK.cover(Need.WRITE, "orders" + number)).isTrue();
        assertThat(CLERK.cover(Need.WRITE, "order" + number)).isFalse();
      }
    }
  }

  @Test
  void knowsPatterns() {
    assertThat(Grant.matches("a*b*c", "aXbYbZc")).isTrue();
    assertThat(Grant.matches("a*b*c", "aXc")).isFalse();
    assertThat(Grant.matches("*", "")).isTrue();
    assertThat(Grant.matches("", "a")).isFalse();
    assertThat(Grant.matches("a.c", "abc")).isFalse();
    assertThat(Grant.matches("**a", "ba")).isTrue();
  }
}
