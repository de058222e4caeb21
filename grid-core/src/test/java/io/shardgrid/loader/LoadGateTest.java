package io.shardgrid.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.loader.LoadGate.Call;
import io.shardgrid.loader.LoadGate.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Loads that are let through, wait, and are refused. */
final class LoadGateTest implements LoadGate.Effects<String> {

  private static final long MILLI = 1_000_000;

  private final CircuitBreaker breaker =
      new CircuitBreaker(
          new CircuitBreaker.Settings(
              4,
              0.5,
              Duration.ofMillis(100),
              0.75,
              Duration.ofSeconds(1),
              Duration.ofSeconds(4),
              2));
  private final LoadGate<String> gate =
      new LoadGate<>(
          new LoadGate.Settings(2, 2, Duration.ofMillis(50), Duration.ofMillis(200)), breaker);
  private final List<Call<String>> started = new ArrayList<>();
  private final Map<String, Refusal> refused = new LinkedHashMap<>();
  private long now;

  @Override
  public void start(Call<String> call) {
    started.add(call);
  }

  @Override
  public void refuse(String load, Refusal why) {
    refused.put(load, why);
  }

  private void submit(String... loads) {
    for (String load : loads) {
      gate.submit(load, now, this);
    }
  }

  private boolean end(int index, boolean isFailed) {
    return gate.ended(started.get(index), isFailed, now, this);
  }

  private List<String> begun() {
    return started.stream().map(Call::load).toList();
  }

  @Test
  void letsSoManyThroughOthersWaitAndFurtherOnesAreRefused() {
    submit("a", "b", "c", "d", "e");
    assertThat(begun()).containsExactly("a", "b");
    assertThat(refused).isEqualTo(Map.of("e", Refusal.FULL));
    end(0, false);
    assertThat(begun()).containsExactly("a", "b", "c");
    assertThat(gate.queued()).isEqualTo(1);
  }

  @Test
  void refusesWhatHasWaitedTooLong() {
    submit("a", "b", "c");
    now += 50 * MILLI;
    gate.tick(now, this);
    assertThat(refused).isEqualTo(Map.of("c", Refusal.QUEUED_TOO_LONG));
  }

  @Test
  void givesUpWhatTakesTooLongAndKeepsItsPlaceUntilItHasEnded() {
    submit("a", "b", "c");
    now += 200 * MILLI;
    gate.tick(now, this);
    assertThat(refused).containsEntry("a", Refusal.TIMED_OUT).containsEntry("b", Refusal.TIMED_OUT);
    assertThat(gate.atOnce()).isEqualTo(2);
    submit("d");
    assertThat(begun()).as("nothing in the place of one that goes on").containsExactly("a", "b");
    assertThat(end(0, false)).as("nobody waits for it").isFalse();
    assertThat(begun()).containsExactly("a", "b", "d");
  }

  @Test
  void opensWhenTooManyFailAndTriesAgainWithAFew() {
    for (int number = 0; number < 4; number++) {
      submit("f" + number);
      end(number, true);
    }
    assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.OPEN);
    submit("x");
    assertThat(refused).isEqualTo(Map.of("x", Refusal.DOWN));

    now += 1_000 * MILLI;
    submit("p", "q");
    assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
    end(4, false);
    submit("r");
    assertThat(refused).as("only so many probes").containsEntry("r", Refusal.DOWN);
    end(5, false);
    assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void staysOpenLongerEachTimeThatAProbeFails() {
    for (int number = 0; number < 4; number++) {
      submit("f" + number);
      end(number, true);
    }
    now += 1_000 * MILLI;
    submit("p");
    end(4, true);
    assertThat(breaker.leftNanos(now)).isEqualTo(2_000 * MILLI);
    now += 2_000 * MILLI;
    submit("q");
    end(5, true);
    assertThat(breaker.leftNanos(now)).isEqualTo(4_000 * MILLI);
    now += 4_000 * MILLI;
    submit("r");
    end(6, true);
    assertThat(breaker.leftNanos(now)).as("bounded").isEqualTo(4_000 * MILLI);
    assertThat(breaker.openings()).isEqualTo(4);
  }

  @Test
  void opensWhenTooManyAreSlow() {
    for (int number = 0; number < 4; number++) {
      submit("s" + number);
      now += (number == 0 ? 1 : 150) * MILLI;
      end(number, false);
    }
    assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.OPEN);
  }

  @Test
  void ignoresWhatBeganBeforeItOpened() {
    submit("a", "old");
    end(0, true);
    for (int number = 0; number < 3; number++) {
      submit("f" + number);
      end(2 + number, true);
    }
    now += 1_000 * MILLI;
    submit("p");
    end(1, true);
    assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
  }
}
