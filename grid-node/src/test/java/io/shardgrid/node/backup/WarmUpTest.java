package io.shardgrid.node.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.failure.GridException;
import io.shardgrid.route.Outcome;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Request;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Filling one cluster from another one, and comparing the two. */
final class WarmUpTest {

  private static final int ENTRIES = 1_500;

  private final SampleCluster source = new SampleCluster(16, 42);

  @Test
  void fillsAClusterOfAnotherNumberOfShardsAndHashSeed() throws Exception {
    SampleCluster target = new SampleCluster(7, 99);
    source.fill(ENTRIES);
    assertThat(compared(target).same()).isFalse();

    WarmUp.Filled filled = fill(target);

    assertThat(filled.written()).isEqualTo(source.entries());
    assertThat(filled.removed()).isZero();
    DigestComparison found = compared(target);
    assertThat(found.same()).isTrue();
    assertThat(found.maps())
        .extracting(DigestComparison.MapLine::map)
        .containsExactly("photos", "sessions", "towns");
    assertThat(found.shards()).as("different numbers of shards").isNull();
  }

  @Test
  void namesTheShardsThatDiffer() throws Exception {
    SampleCluster target = new SampleCluster(16, 99);
    source.fill(ENTRIES);
    fill(target);
    assertThat(compared(target).shards()).isEmpty();

    target.put("towns", "town-1", "another name");

    DigestComparison found = compared(target);
    assertThat(found.same()).isFalse();
    assertThat(found.shards()).containsExactly(source.shards.of("town-1".getBytes(UTF_8)));
    assertThat(found.maps())
        .filteredOn(map -> !map.same())
        .singleElement()
        .satisfies(map -> assertThat(map.map()).isEqualTo("towns"));
  }

  @Test
  void leavesOutWhatHasExpired() throws Exception {
    SampleCluster target = new SampleCluster(16, 99);
    long soon = System.currentTimeMillis() + Duration.ofMinutes(1).toMillis();
    source.put("towns", "old", "gone by then", soon);
    source.put("towns", "young", "stays");

    WarmUp.Filled filled =
        new WarmUp(
                source.shards,
                target.shards,
                (map, key) -> removed(target, map, key),
                plan(),
                Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2)))
            .run();

    assertThat(filled.expired()).isEqualTo(1);
    assertThat(target.find("towns", "old")).isInstanceOf(Answer.Absent.class);
    assertThat(target.find("towns", "young")).isInstanceOf(Answer.Entry.class);
  }

  @Test
  void followsWritesAndRemovalsMeanwhile() throws Exception {
    SampleCluster target = new SampleCluster(16, 99);
    source.fill(ENTRIES);
    boolean[] isWritten = {false};
    WarmUp warmUp =
        new WarmUp(
            source.shards,
            target.shards,
            (map, key) -> removed(target, map, key),
            new WarmUp.Plan(
                1,
                8,
                0,
                done -> {
                  if (!isWritten[0]) {
                    // Behind the first shard: the others have not been read yet.
                    isWritten[0] = true;
                    for (int number = 0; number < 200; number++) {
                      source.put("towns", "town-" + number, "renamed");
                      removed(source, "towns", ("town-" + (300 + number)).getBytes(UTF_8));
                    }
                  }
                }),
            Clock.systemUTC());

    warmUp.run();

    // Of the first shard the target has what was there before; all others are the same.
    assertThat(compared(target).shards()).hasSizeLessThanOrEqualTo(1);
  }

  private WarmUp.Filled fill(SampleCluster target) throws Exception {
    return new WarmUp(
            source.shards,
            target.shards,
            (map, key) -> removed(target, map, key),
            plan(),
            Clock.systemUTC())
        .run();
  }

  private static WarmUp.Plan plan() {
    return new WarmUp.Plan(3, 8, 0, done -> {});
  }

  private DigestComparison compared(SampleCluster target) throws Exception {
    return DigestComparison.of(source.shards, target.shards, 4);
  }

  private static CompletionStage<Answer> removed(SampleCluster from, String map, byte[] key) {
    CompletableFuture<Answer> ended = new CompletableFuture<>();
    from.grid
        .router()
        .submit(
            map,
            from.shards.of(key),
            new Request.Remove(key, Condition.ALWAYS, false),
            Duration.ofSeconds(5).toNanos(),
            new Outcome() {
              @Override
              public void resolved(Answer answer) {
                ended.complete(answer);
              }

              @Override
              public void failed(GridException failure) {
                ended.completeExceptionally(failure);
              }
            });
    return ended;
  }
}
