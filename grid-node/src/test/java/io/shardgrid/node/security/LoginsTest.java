package io.shardgrid.node.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class LoginsTest {

  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private static CompletableFuture<Logins.Outcome> begin(
      AccessDesk desk, String name, String password) {
    return desk.logins()
        .check(desk.book(), name, password.getBytes(StandardCharsets.UTF_8), HERE)
        .toCompletableFuture();
  }

  private static Logins.Outcome login(AccessDesk desk, String name, String password) {
    return begin(desk, name, password).join();
  }

  @Test
  void acceptsTheRightPasswordAndRemembersIt() {
    try (AccessDesk desk = SampleUsers.desk()) {
      assertThat(login(desk, "reader", SampleUsers.PASSWORD))
          .isInstanceOfSatisfying(
              Logins.Accepted.class,
              accepted -> assertThat(accepted.user().name()).isEqualTo("reader"));
      assertThat(desk.counters().remembered.sum()).isZero();
      // Remembered: it has ended when the call returns, for no hash was computed.
      assertThat(begin(desk, "reader", SampleUsers.PASSWORD)).isDone();
      assertThat(desk.counters().remembered.sum()).isEqualTo(1);
      assertThat(desk.counters().accepted.sum()).isEqualTo(2);
    }
  }

  @Test
  void deniesAllElseAndSaysNotWhy() {
    try (AccessDesk desk = SampleUsers.desk()) {
      Logins.Outcome wrong = login(desk, "reader", "correct horse 43");
      assertThat(wrong).isEqualTo(new Logins.Denied());
      assertThat(login(desk, "nobody", SampleUsers.PASSWORD)).isEqualTo(wrong);
      assertThat(login(desk, "former", SampleUsers.PASSWORD)).isEqualTo(wrong);
      assertThat(login(desk, "reader", "")).isEqualTo(wrong);
      assertThat(desk.counters().denied.sum()).isEqualTo(4);
    }
  }

  @Test
  void takesAsLongForAnUnknownUser() {
    try (AccessDesk desk =
        SampleUsers.desk("login.pause-source-max = 1ms", "login.pause-user-max = 1ms")) {
      long knownNanos = Long.MAX_VALUE;
      long unknownNanos = Long.MAX_VALUE;
      for (int round = 0; round < 5; round++) {
        knownNanos = Math.min(knownNanos, denialNanos(desk, "reader"));
        unknownNanos = Math.min(unknownNanos, denialNanos(desk, "nobody" + round));
      }
      assertThat((double) unknownNanos / knownNanos)
          .as("a look without a hash takes a thousandth")
          .isBetween(0.1, 10.0);
      assertThat(unknownNanos).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private static long denialNanos(AccessDesk desk, String name) {
    long start = System.nanoTime();
    assertThat(login(desk, name, "wrong")).isEqualTo(new Logins.Denied());
    return System.nanoTime() - start;
  }

  @Test
  void overwritesThePassword() {
    try (AccessDesk desk = SampleUsers.desk()) {
      byte[] password = SampleUsers.PASSWORD.getBytes(StandardCharsets.UTF_8);
      desk.logins().check(desk.book(), "reader", password, HERE).toCompletableFuture().join();
      assertThat(password).containsOnly(0);
    }
  }

  @Test
  void holdsDenialsBackLongerAndLonger() {
    try (AccessDesk desk =
        SampleUsers.desk(
            "login { pause-first = 60ms, pause-source-max = 30s, pause-user-max = 2s }")) {
      List<Long> millis = new ArrayList<>();
      for (int attempt = 0; attempt < 4; attempt++) {
        long start = System.nanoTime();
        login(desk, "reader", "wrong");
        millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
      }
      assertThat(millis.get(0)).isGreaterThanOrEqualTo(60);
      assertThat(millis.get(1)).isGreaterThanOrEqualTo(120);
      assertThat(millis.get(2)).isGreaterThanOrEqualTo(240);
      assertThat(millis.get(3)).isGreaterThanOrEqualTo(480);
    }
  }

  @Test
  void refusesWithoutALookWhenTooManyWait() {
    try (AccessDesk desk =
        SampleUsers.desk("login.queue-max = 2", "login.cache-max = 0", "login.threads = 1")) {
      List<CompletableFuture<Logins.Outcome>> attempts = new ArrayList<>();
      for (int attempt = 0; attempt < 20; attempt++) {
        attempts.add(begin(desk, "reader", SampleUsers.PASSWORD));
      }
      List<Logins.Outcome> outcomes = attempts.stream().map(CompletableFuture::join).toList();
      assertThat(outcomes).contains(new Logins.Busy());
      assertThat(outcomes.get(0)).isInstanceOf(Logins.Accepted.class);
      assertThat(desk.counters().busy.sum()).isPositive();
    }
  }
}
