package io.shardgrid;

import static io.shardgrid.RunningGrids.REFERENCE;
import static io.shardgrid.RunningGrids.awaitThat;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.InvalidRuleException;
import io.shardgrid.failure.RuleException;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import io.shardgrid.map.RuleAnswer;
import io.shardgrid.rule.RuleView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules that are called where the data is, in clusters of several grids in one JVM. */
final class RulesIT {

  private static final Path EXAMPLES =
      Path.of("..", "grid-node", "src", "examples", "rules").toAbsolutePath().normalize();
  private static final Path MODULES = Path.of("src", "test", "resources", "rules");
  private static final int KEYS = 200;
  private static final int CALLS = 5;

  private final RunningGrids grids = new RunningGrids();

  @AfterEach
  void stop() {
    grids.close();
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static AsyncMap<String, String> accounts(Grid grid) {
    return grid.map("accounts", Codecs.string(), Codecs.string());
  }

  private static byte[] fraud() throws Exception {
    return Files.readAllBytes(EXAMPLES.resolve("c").resolve("fraud.wasm"));
  }

  @Test
  void decidesWhereTheDataIsAndOnceWhateverMoves() throws Exception {
    List<Grid> nodes = grids.cluster(REFERENCE, "a", "b");
    RuleView loaded = join(nodes.get(0).rules().load("fraud", fraud()));
    assertThat(loaded.mayChange()).isTrue();
    assertThat(loaded.functions()).anyMatch(function -> function.startsWith("spend "));

    AsyncMap<String, String> accounts = accounts(nodes.get(1));
    assertThat(join(accounts.invoke("k", "fraud.validate_transaction", 1_000, 3)).number())
        .isEqualTo(40);
    List<CompletableFuture<RuleAnswer>> calls = new ArrayList<>();
    for (int call = 0; call < CALLS; call++) {
      for (int key = 0; key < KEYS; key++) {
        calls.add(
            accounts.invoke("account:" + key, "fraud.spend", 10, 1_000).toCompletableFuture());
      }
      if (call == 1) {
        grids.start(REFERENCE.withName("c").withSeeds(List.of(nodes.get(0).self().address())));
      }
    }
    calls.forEach(CompletableFuture::join);
    for (int key = 0; key < KEYS; key++) {
      assertThat(join(accounts.get("account:" + key))).contains(Integer.toString(10 * CALLS));
    }
    Map<String, RuleAnswer> all =
        join(accounts.invokeAll(key -> key.endsWith("7"), "fraud.spend", 50, 1_000));
    assertThat(all)
        .hasSize(KEYS / 10)
        .allSatisfy((key, answer) -> assertThat(answer.number()).isEqualTo(900));
  }

  @Test
  void tellsWhatIsWrongAndChangesNothing() throws Exception {
    Grid grid = grids.start(REFERENCE);
    AsyncMap<String, String> accounts = accounts(grid);
    assertThatThrownBy(() -> join(accounts.invoke("a", "nothing")))
        .hasCauseInstanceOf(InvalidRuleException.class)
        .hasMessageContaining("rule=nothing");
    join(grid.rules().load("fraud", fraud()));
    join(accounts.put("a", "990"));
    assertThatThrownBy(() -> join(accounts.invoke("a", "fraud.spend", 20, 1_000)))
        .hasCauseInstanceOf(RuleException.class)
        .hasMessageContaining("beyond the limit");
    assertThatThrownBy(() -> join(accounts.invoke("a", "fraud.missing", 20)))
        .hasCauseInstanceOf(InvalidRuleException.class)
        .hasMessageContaining("missing");
    assertThat(join(accounts.get("a"))).contains("990");
    byte[] damaged = fraud();
    damaged[9] ^= 0x55;
    assertThatThrownBy(() -> join(grid.rules().load("fraud", damaged)))
        .hasCauseInstanceOf(InvalidRuleException.class);
    assertThat(join(accounts.invoke("a", "fraud.spend", 10, 1_000)).number()).isZero();

    assertThat(join(grid.rules().drop("fraud"))).isTrue();
    assertThat(join(grid.rules().list())).isEmpty();
    assertThatThrownBy(() -> join(accounts.invoke("a", "fraud.spend", 1, 9_000)))
        .hasCauseInstanceOf(InvalidRuleException.class);
  }

  @Test
  void goesOnWithOtherKeysWhileOneLoops() throws Exception {
    Grid grid = grids.start(REFERENCE.with("rule.time-limit", "2s"));
    join(grid.rules().load("limits", Files.readAllBytes(MODULES.resolve("limits.wasm"))));
    AsyncMap<String, String> map = accounts(grid);
    CompletableFuture<RuleAnswer> looping =
        map.invoke("{same}a", "limits.loop_plain").toCompletableFuture();
    AsyncMap<String, String> other = accounts(grid);
    assertThat(join(other.get("{same}b"))).isEmpty();
    assertThat(looping).as("its time is not over").isNotDone();
    assertThatThrownBy(looping::join)
        .hasCauseInstanceOf(RuleException.class)
        .extracting(failure -> ((RuleException) requireNonNull(failure.getCause())).reason())
        .isEqualTo(RuleException.Reason.EXHAUSTED);
    join(map.put("{same}a", "1"));
    assertThat(join(map.get("{same}a"))).contains("1");
  }

  @Test
  void swapsARuleOnAllNodes() throws Exception {
    List<Grid> nodes = grids.cluster(REFERENCE, "a", "b");
    byte[] rust = Files.readAllBytes(EXAMPLES.resolve("rust").resolve("fraud.wasm"));
    join(nodes.get(0).rules().load("fraud", fraud()));
    join(nodes.get(0).rules().load("fraud", rust));
    String hash = join(nodes.get(0).rules().list()).get(0).entry().hash();
    awaitThat(
        () -> {
          List<RuleView> known = join(nodes.get(1).rules().list());
          return known.size() == 1
              && known.get(0).entry().hash().equals(hash)
              && known.get(0).problem().isEmpty();
        });
    assertThat(join(accounts(nodes.get(1)).invoke("account:1", "fraud.greet", "hello")).text())
        .contains("hello account:1");
  }
}
