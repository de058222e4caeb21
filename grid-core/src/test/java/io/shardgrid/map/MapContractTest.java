package io.shardgrid.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.CodecException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What every {@link AsyncMap} does, embedded or remote. Each test uses a map of its own. */
public abstract class MapContractTest {

  /** A record of the kind that users store. */
  public record Town(String name, String country, int population) {}

  private static final Duration LONG = Duration.ofHours(1);

  /** A map of this name in a running cluster. */
  protected abstract <K, V> AsyncMap<K, V> map(String name, Codec<K> keys, Codec<V> values);

  private AsyncMap<String, String> strings(String name) {
    return map(name, Codecs.string(), Codecs.string());
  }

  protected static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  @Test
  void putsGetsAndRemoves() {
    AsyncMap<String, String> map = strings("basics");
    assertThat(await(map.get("a"))).isEmpty();
    await(map.put("a", "1"));
    assertThat(await(map.get("a"))).contains("1");
    assertThat(await(map.containsKey("a"))).isTrue();
    assertThat(await(map.getAndPut("a", "2"))).contains("1");
    assertThat(await(map.getAndPut("b", "1"))).isEmpty();
    assertThat(await(map.remove("a"))).isTrue();
    assertThat(await(map.remove("a"))).isFalse();
    assertThat(await(map.containsKey("a"))).isFalse();
    assertThat(await(map.getAndRemove("b"))).contains("1");
    assertThat(await(map.getAndRemove("b"))).isEmpty();
  }

  @Test
  void writesOnConditions() {
    AsyncMap<String, String> map = strings("conditions");
    assertThat(await(map.putIfAbsent("a", "1"))).isTrue();
    assertThat(await(map.putIfAbsent("a", "2"))).isFalse();
    assertThat(await(map.replace("a", "3"))).isTrue();
    assertThat(await(map.replace("missing", "3"))).isFalse();
    assertThat(await(map.replace("a", "wrong", "4"))).isFalse();
    assertThat(await(map.replace("a", "3", "4"))).isTrue();
    long version = await(map.getEntry("a")).orElseThrow().version();
    assertThat(await(map.replaceVersion("a", version + 1, "5"))).isFalse();
    assertThat(await(map.replaceVersion("a", version, "5"))).isTrue();
    assertThat(await(map.remove("a", "wrong"))).isFalse();
    assertThat(await(map.removeVersion("a", version))).isFalse();
    assertThat(await(map.get("a"))).contains("5");
    long next = await(map.getEntry("a")).orElseThrow().version();
    assertThat(next).isGreaterThan(version);
    assertThat(await(map.removeVersion("a", next))).isTrue();
    await(map.put("a", "6"));
    assertThat(await(map.remove("a", "6"))).isTrue();
  }

  @Test
  void keepsDeadlines() {
    AsyncMap<String, String> map = strings("deadlines");
    await(map.put("a", "1", LONG));
    assertThat(await(map.ttl("a")).orElseThrow()).isBetween(LONG.minusMinutes(1), LONG);
    EntryView<String, String> entry = await(map.getEntry("a")).orElseThrow();
    assertThat(entry.deadline().orElseThrow()).isAfter(Instant.now());
    await(map.replace("a", "2"));
    assertThat(await(map.ttl("a"))).isPresent();
    assertThat(await(map.persist("a"))).isTrue();
    assertThat(await(map.ttl("a"))).isEmpty();
    assertThat(await(map.expire("a", LONG))).isTrue();
    await(map.put("a", "3"));
    assertThat(await(map.ttl("a"))).isEmpty();
    assertThat(await(map.expire("missing", LONG))).isFalse();
    assertThat(await(map.expireAt("a", Instant.EPOCH.plusSeconds(1)))).isTrue();
    assertThat(await(map.get("a"))).isEmpty();
    assertThat(await(map.putIfAbsent("a", "4", LONG))).isTrue();
    assertThat(await(map.ttl("a"))).isPresent();
  }

  @Test
  void expiresEntries() {
    AsyncMap<String, String> map = strings("expiring");
    await(map.put("a", "1", Duration.ofMillis(20)));
    await(map.put("b", "1"));
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (await(map.get("a")).isPresent()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
    }
    assertThat(await(map.get("b"))).contains("1");
  }

  @Test
  void countsUpAtomically() {
    AsyncMap<String, Long> map = map("counters", Codecs.string(), Codecs.decimal());
    List<CompletableFuture<Long>> sums = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      sums.add(map.increment("hits", 2).toCompletableFuture());
    }
    Set<Long> distinct = new HashSet<>();
    sums.forEach(sum -> distinct.add(sum.join()));
    assertThat(distinct).hasSize(1000);
    assertThat(await(map.get("hits"))).contains(2000L);
    assertThat(await(map.increment("hits", -2001))).isEqualTo(-1);
  }

  @Test
  void refusesToCountWhatIsNoNumber() {
    AsyncMap<String, String> map = strings("words");
    await(map.put("a", "one"));
    assertThatThrownBy(() -> await(map.increment("a", 1)))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("words");
  }

  @Test
  void worksInBulk() {
    AsyncMap<String, String> map = strings("bulk");
    Map<String, String> entries = new HashMap<>();
    for (int i = 0; i < 5000; i++) {
      entries.put("key-" + i, "value-" + i);
    }
    await(map.putAll(entries));
    assertThat(await(map.size())).isEqualTo(5000);
    assertThat(await(map.getAll(entries.keySet()))).isEqualTo(entries);
    assertThat(await(map.getAll(List.of("key-1", "missing"))))
        .isEqualTo(Map.of("key-1", "value-1"));
    assertThat(await(map.removeAll(List.of("key-1", "key-2", "missing")))).isEqualTo(2);
    assertThat(await(map.size())).isEqualTo(4998);
    await(map.clear());
    assertThat(await(map.size())).isZero();
    assertThat(await(map.getAll(List.of()))).isEmpty();
  }

  @Test
  void scansAll() {
    AsyncMap<String, String> map = strings("scanned");
    Map<String, String> entries = new HashMap<>();
    for (int i = 0; i < 3000; i++) {
      entries.put("key-" + i, "value-" + i);
    }
    await(map.putAll(entries));
    Map<String, String> found = new HashMap<>();
    await(map.scan(100).forEach(entry -> found.put(entry.key(), entry.value())));
    assertThat(found).isEqualTo(entries);
    AsyncCursor<String, String> cursor = strings("never written").scan();
    assertThat(await(cursor.next())).isEmpty();
  }

  @Test
  void storesRecords() {
    Town town = new Town("Sant Julià de Lòria", "AD", 8022);
    for (Codec<Town> codec : List.of(Codecs.json(Town.class), Codecs.cbor(Town.class))) {
      AsyncMap<Long, Town> map = map("towns", Codecs.decimal(), codec);
      await(map.put(3039163L, town));
      assertThat(await(map.get(3039163L))).isEqualTo(Optional.of(town));
    }
  }

  @Test
  void namesMapKeyAndClassOfWhatCannotBeDecoded() {
    await(strings("mixed").put("a", "{\"name\":5,\"population\":\"many\"}"));
    AsyncMap<String, Town> towns = map("mixed", Codecs.string(), Codecs.json(Town.class));
    assertThatThrownBy(() -> await(towns.get("a")))
        .cause()
        .isInstanceOf(CodecException.class)
        .hasMessageContainingAll("map=mixed", "key=a", Town.class.getName());
  }

  @Test
  void takesValuesUpToTheLimitAndNoLarger() {
    AsyncMap<String, byte[]> map = map("large", Codecs.string(), Codecs.bytes());
    byte[] largest = new byte[8 << 20];
    largest[largest.length - 1] = 7;
    await(map.put("a", largest));
    assertThat(await(map.get("a"))).hasValueSatisfying(v -> assertThat(v).isEqualTo(largest));
    await(map.put("empty", new byte[0]));
    assertThat(await(map.get("empty"))).hasValueSatisfying(v -> assertThat(v).isEmpty());
    assertThatThrownBy(() -> await(map.put("a", new byte[(8 << 20) + 1])))
        .cause()
        .isInstanceOf(CodecException.class)
        .hasMessageContainingAll("map=large", "key=a", "8388609", "8388608");
    await(map.remove("a"));
  }

  @Test
  void keepsTheOrderOfOneCallersOperationsOnAKey() {
    AsyncMap<String, String> map = strings("order");
    List<CompletableFuture<Optional<String>>> reads = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      CompletionStage<Void> write = map.put("a", "v" + i);
      reads.add(map.get("a").toCompletableFuture());
      assertThat(write).isNotNull();
    }
    for (int i = 0; i < reads.size(); i++) {
      assertThat(reads.get(i).join()).contains("v" + i);
    }
  }

  @Test
  void handsOutValuesThatAreTheCallersOwn() {
    AsyncMap<String, byte[]> map = map("owned", Codecs.string(), Codecs.bytes());
    for (int length : new int[] {1, 16 << 10, (16 << 10) + 1}) {
      byte[] stored = new byte[length];
      await(map.put("a", stored));
      stored[0] = 1;
      await(map.get("a")).orElseThrow()[0] = 2;
      await(map.getEntry("a")).orElseThrow().value()[0] = 3;
      await(map.getAll(List.of("a"))).values().iterator().next()[0] = 4;
      assertThat(await(map.get("a")).orElseThrow()).isEqualTo(new byte[length]);
      byte[] previous = await(map.getAndPut("a", new byte[length])).orElseThrow();
      assertThat(previous).isEqualTo(new byte[length]);
    }
  }

  @Test
  void servesCallersThatWait() {
    SyncMap<String, String> map = strings("waiting").sync().withTimeout(Duration.ofSeconds(20));
    map.put("a", "1");
    map.put("b", "2", LONG);
    assertThat(map.get("a")).contains("1");
    assertThat(map.getEntry("b").orElseThrow().deadline()).isPresent();
    assertThat(map.containsKey("c")).isFalse();
    assertThat(map.getAndPut("a", "3")).contains("1");
    assertThat(map.putIfAbsent("a", "4")).isFalse();
    assertThat(map.putIfAbsent("c", "4", LONG)).isTrue();
    assertThat(map.replace("c", "5")).isTrue();
    assertThat(map.replace("c", "4", "6")).isFalse();
    assertThat(map.replaceVersion("c", 0, "6")).isFalse();
    assertThat(map.ttl("c")).isPresent();
    assertThat(map.persist("c")).isTrue();
    assertThat(map.expire("c", LONG)).isTrue();
    assertThat(map.expireAt("c", Instant.EPOCH.plusSeconds(1))).isTrue();
    assertThat(map.remove("c")).isFalse();
    assertThat(map.remove("a", "wrong")).isFalse();
    assertThat(map.removeVersion("a", 0)).isFalse();
    assertThat(map.getAndRemove("a")).contains("3");
    assertThat(map.increment("n", 5)).isEqualTo(5);
    assertThat(map.getAll(List.of("b", "x"))).isEqualTo(Map.of("b", "2"));
    map.putAll(Map.of("d", "1", "e", "2"));
    Map<String, String> seen = new HashMap<>();
    map.forEach(entry -> seen.put(entry.key(), entry.value()));
    assertThat(seen).isEqualTo(Map.of("b", "2", "d", "1", "e", "2", "n", "5"));
    assertThat(map.removeAll(List.of("d", "e", "x"))).isEqualTo(2);
    assertThat(map.size()).isEqualTo(2);
    map.clear();
    assertThat(map.entries()).isEmpty();
    assertThat(map.name()).isEqualTo("waiting");
  }

  @Test
  void throwsTheFailureItselfToCallersThatWait() {
    AsyncMap<String, String> map = strings("failing");
    await(map.put("a", "no number"));
    SyncMap<String, String> waiting = map.sync();
    assertThat(waiting.async()).isSameAs(map);
    assertThatThrownBy(() -> waiting.increment("a", 1)).isExactlyInstanceOf(CodecException.class);
  }
}
