package io.shardgrid.client.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.shardgrid.client.ClientSettings;
import io.shardgrid.failure.CodecException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import io.shardgrid.map.SyncMap;
import io.shardgrid.wire.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A mirror over clusters in memory, with its real threads. */
final class MirroredClientTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String MAP = "orders";

  private final MemoryCluster production = new MemoryCluster(16, 0);
  private final MemoryCluster canary = new MemoryCluster(16, 1_000_000);
  private MirroredClient client = open("", () -> canary);

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void answersFromProductionAndCopiesEachWriteInOrder() {
    SyncMap<String, String> map = connected();

    for (int turn = 0; turn < 100; turn++) {
      map.put("a", "v" + turn);
    }
    assertThat(map.get("a")).contains("v99");
    await(() -> "v99".equals(canary.value(MAP, "a")));

    List<String> values =
        canary.asked().stream()
            .filter(Request.Put.class::isInstance)
            .map(request -> new String(((Request.Put) request).value(), StandardCharsets.UTF_8))
            .toList();
    assertThat(values).hasSize(100).first().isEqualTo("v0");
    assertThat(values.get(57)).isEqualTo("v57");
  }

  @Test
  void isNotHeldUpByACanaryThatHangs() {
    reopen("in-flight-max = 8, canary-timeout = 10s");
    AsyncMap<String, String> map = connected().async();
    canary.behave(MemoryCluster.Behaviour.HANGS);

    for (int turn = 0; turn < 5_000; turn++) {
      CompletionStage<Void> put = map.put("k" + turn % 50, "v" + turn);
      assertThat(put.toCompletableFuture()).as("turn %d", turn).isCompleted();
    }

    // Eight copies, and one key that is being copied anew.
    assertThat(canary.hanging()).isLessThanOrEqualTo(9);
    MirrorReport report = client.report();
    assertThat(report.traffic().dropped()).isGreaterThanOrEqualTo(4_992);
    assertThat(report.outOfStep()).isGreaterThanOrEqualTo(42);
    assertThat(map.sync().get("k49")).contains("v4999");
  }

  @Test
  void worksWithACanaryThatIsDownFromTheStart() {
    client.close();
    client =
        open(
            "out-of-step-max = 10",
            () -> {
              throw new GridUnavailableException("nobody is there");
            });
    SyncMap<String, String> map = map();

    for (int turn = 0; turn < 100; turn++) {
      map.put("k" + turn, "v");
      assertThat(map.get("k" + turn)).contains("v");
    }

    MirrorReport report = client.report();
    assertThat(report.traffic().isConnected()).isFalse();
    assertThat(report.unsure()).as("more keys than are remembered").containsExactly(MAP);
    assertThat(report.verdict().decision()).isEqualTo(Verdict.Decision.HOLD);
  }

  @Test
  void comparesWhatIsReadAndFindsWhatDiffers() {
    SyncMap<String, String> map = connected();
    map.put("a", "1");
    await(() -> canary.value(MAP, "a") != null);
    canary.set(MAP, "a", "2");

    map.get("a");

    await(() -> client.report().confirmed(Mismatch.VALUE) == 1);
    assertThat(client.report().samples()).hasSize(1);
    await(() -> "1".equals(canary.value(MAP, "a")));
    // Counted when the canary has told that it has the copy.
    await(() -> client.report().traffic().repaired() == 1);
  }

  @Test
  void copiesAnewWhatHasBeenDroppedOrDependsOnAVersion() {
    SyncMap<String, String> map = connected();
    map.put("a", "1");
    long version = map.getEntry("a").orElseThrow().version();

    assertThat(map.replaceVersion("a", version, "2")).isTrue();
    await(() -> "2".equals(canary.value(MAP, "a")));

    canary.behave(MemoryCluster.Behaviour.FAILS);
    map.put("b", "3");
    assertThat(canary.value(MAP, "b")).isNull();
    canary.behave(MemoryCluster.Behaviour.ANSWERS);
    await(() -> "3".equals(canary.value(MAP, "b")));
    await(() -> client.outOfStep() == 0);
  }

  @Test
  void letsTheCanaryAnswerWhatIsDyedAndProductionIfItFails() {
    reopen("mode = canary, dye.tag = beta");
    connected();
    SyncMap<String, String> plain = map();
    SyncMap<String, String> tagged =
        client.map(MAP, "beta", Codecs.string(), Codecs.string()).sync();
    plain.put("a", "production's");
    await(() -> canary.value(MAP, "a") != null);
    canary.set(MAP, "a", "the canary's");

    assertThat(tagged.name()).isEqualTo(MAP);
    assertThat(tagged.get("a")).contains("the canary's");
    assertThat(plain.get("a")).contains("production's");
    canary.behave(MemoryCluster.Behaviour.FAILS);
    assertThat(tagged.get("a")).contains("production's");
    assertThat(client.report().traffic().fallBacks()).isEqualTo(1);
  }

  @Test
  void toldVersionsAreProductionsSoThatTheyCanBeComparedThere() {
    reopen("mode = canary");
    SyncMap<String, String> map = connected();
    map.put("a", "1");
    await(() -> canary.value(MAP, "a") != null);

    long version = map.getEntry("a").orElseThrow().version();

    assertThat(version).isEqualTo(1);
    assertThat(map.replaceVersion("a", version, "2")).isTrue();
    assertThat(map.get("a")).contains("2");
  }

  @Test
  void failsAWriteThatProductionHasFailed() {
    reopen("mode = canary");
    SyncMap<String, String> map = connected();
    production.behave(MemoryCluster.Behaviour.FAILS);

    assertThatThrownBy(() -> map.put("a", "1")).isInstanceOf(GridUnavailableException.class);
    production.behave(MemoryCluster.Behaviour.ANSWERS);
    await(() -> client.outOfStep() == 0);
    assertThat(canary.value(MAP, "a")).as("production has none").isNull();
  }

  @Test
  void copiesOperationsOnSeveralKeysKeyByKeyWhateverTheNumberOfShards() {
    MemoryCluster other = new MemoryCluster(7, 50);
    client.close();
    client = open("", () -> other);
    SyncMap<String, String> map = connected();

    map.putAll(Map.of("a", "1", "b", "2", "c", "3"));
    assertThat(map.getAll(List.of("a", "b", "x"))).isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(map.removeAll(List.of("a"))).isEqualTo(1);

    await(() -> other.value(MAP, "a") == null && "2".equals(other.value(MAP, "b")));
    await(() -> client.report().compared() >= 3);
    assertThat(client.report().kinds().values()).allMatch(kind -> kind.confirmed() == 0);
    map.clear();
    await(() -> client.report().unsure().equals(Set.of(MAP)));
  }

  @Test
  void copiesClearsOfEqualShards() {
    SyncMap<String, String> map = connected();
    map.put("a", "1");
    map.clear();
    map.put("b", "2");

    await(() -> "2".equals(canary.value(MAP, "b")));
    assertThat(canary.value(MAP, "a")).isNull();
    assertThat(client.report().unsure()).isEmpty();
  }

  @Test
  void asksTheCanaryNothingThatIsNotDyedOrWhenItIsOff() {
    reopen("dye { percent = 0, copies-all = off }");
    SyncMap<String, String> map = connected();
    map.put("a", "1");
    map.get("a");
    assertThat(canary.asked()).isEmpty();

    client.dye(DyeRules.ALL);
    client.mode(MirrorMode.OFF);
    map.put("a", "2");
    assertThat(canary.asked()).isEmpty();
  }

  @Test
  void isUnsureOfACanaryThatHasMissedWritesWhileItWasOffOrOutsideTheShare() {
    reopen("dye { percent = 5, maps = [orders], copies-all = off }");
    connected();
    client.dye(client.dye().withPercent(4));
    client.mode(MirrorMode.SHADOW);
    assertThat(client.report().unsure()).as("nothing was missed").isEmpty();

    client.dye(client.dye().withPercent(5));
    assertThat(client.report().unsure()).containsExactly("*");
    client.fill();
    client.filled(true);
    client.mode(MirrorMode.OFF);
    assertThat(client.report().unsure()).isEmpty();
    client.mode(MirrorMode.SHADOW);
    assertThat(client.report().unsure()).containsExactly("*");
    assertThat(client.report().verdict().reasons()).anyMatch(reason -> reason.contains("warm it"));
  }

  @Test
  void keepsTheErrorsOfValues() {
    SyncMap<String, String> map = connected();
    map.put("a", "no number");

    assertThatThrownBy(() -> map.increment("a", 1)).isInstanceOf(CodecException.class);
    await(() -> client.report().compared() >= 2);
    assertThat(client.report().kinds().values()).allMatch(kind -> kind.confirmed() == 0);
  }

  private void reopen(String own) {
    client.close();
    client = open(own, () -> canary);
  }

  private MirroredClient open(String own, Supplier<MirrorCluster> to) {
    return MirroredClient.over(
        production,
        to,
        ClientSettings.from(ConfigFactory.load()).route(),
        SampleMirrorSettings.of(own + "\njudge.self-test.share = 0.0001"));
  }

  private SyncMap<String, String> connected() {
    await(() -> client.report().traffic().isConnected());
    return map();
  }

  private SyncMap<String, String> map() {
    return client.map(MAP, Codecs.string(), Codecs.string()).sync();
  }

  /** What happens on the mirror's threads is waited for, by asking again and again. */
  private static void await(BooleanSupplier holds) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }
}
