package io.shardgrid.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.InvalidRuleException;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.EntryView;
import io.shardgrid.rule.RuleEntry;
import io.shardgrid.rule.RuleModule;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Two who change the cluster's rules, one of them in the midst of the other one's steps. */
final class RuleStoreTest {

  private static final byte[] ONE = {1};
  private static final byte[] OTHER = {2};

  private final Entries entries = new Entries();
  private final RuleStore store = new RuleStore(entries.map(), () -> 7, 3);

  @Test
  void removesTheModuleThatNoRuleNamesAnyMore() {
    did(store.put("a", ONE));
    did(store.put("b", ONE));
    assertThat(did(store.remove("a"))).isTrue();
    assertThat(did(store.module(RuleModule.hashOf(ONE)))).isEqualTo(ONE);

    did(store.put("b", OTHER));

    assertThat(entries.values).containsOnlyKeys("list", "module " + RuleModule.hashOf(OTHER));
    assertThat(did(store.remove("b"))).isTrue();
    assertThat(did(store.remove("b"))).isFalse();
    assertThat(entries.values).containsOnlyKeys("list");
  }

  @Test
  void keepsAModuleThatIsNamedAgainWhileItIsRemoved() {
    for (int step = 1; step <= 6; step++) {
      entries.values.clear();
      did(store.put("a", ONE));
      entries.inTheMidst(step, () -> did(store.put("b", ONE)));

      did(store.remove("a"));
      entries.inTheMidst(0, () -> {});

      if (did(store.read()).list().find("b").isPresent()) {
        assertThat(did(store.module(RuleModule.hashOf(ONE)))).as("step %s", step).isEqualTo(ONE);
      }
    }
  }

  @Test
  void keepsAModuleOfWhoeverIsOvertakenByARemoval() {
    for (int step = 1; step <= 6; step++) {
      entries.values.clear();
      did(store.put("a", ONE));
      entries.inTheMidst(step, () -> did(store.remove("a")));

      did(store.put("b", ONE));
      entries.inTheMidst(0, () -> {});

      assertThat(did(store.module(RuleModule.hashOf(ONE)))).as("step %s", step).isEqualTo(ONE);
    }
  }

  @Test
  void losesNothingThatOthersChangeMeanwhile() {
    entries.inTheMidst(3, () -> did(store.put("b", OTHER)));

    did(store.put("a", ONE));

    assertThat(did(store.read()).list().entries().stream().map(RuleEntry::name))
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void refusesMoreRulesThanMayBe() {
    did(store.put("a", ONE));
    did(store.put("b", ONE));
    did(store.put("c", ONE));

    assertThatThrownBy(() -> did(store.put("d", OTHER)))
        .hasRootCauseInstanceOf(InvalidRuleException.class)
        .hasMessageContaining("max=3");
    did(store.put("c", OTHER));
  }

  private static <T> T did(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  /** A map that carries everything out at once, and lets somebody else in before one step. */
  private static final class Entries {

    private final Map<String, EntryView<String, byte[]>> values = new TreeMap<>();
    private long versions;
    private int stepsLeft;
    private Runnable other = () -> {};

    void inTheMidst(int step, Runnable comes) {
      stepsLeft = step;
      other = comes;
    }

    @SuppressWarnings("unchecked")
    AsyncMap<String, byte[]> map() {
      return (AsyncMap<String, byte[]>)
          Proxy.newProxyInstance(
              Entries.class.getClassLoader(), new Class<?>[] {AsyncMap.class}, this::carryOut);
    }

    private Object carryOut(Object map, Method method, Object[] given) {
      stepsLeft--;
      if (stepsLeft == 0) {
        other.run();
      }
      String key = (String) given[0];
      Optional<EntryView<String, byte[]>> found = Optional.ofNullable(values.get(key));
      if (method.getName().equals("put")) {
        put(key, given[1]);
        return CompletableFuture.allOf(); // a stage of nothing
      }
      return CompletableFuture.completedStage(
          switch (method.getName()) {
            case "get" -> found.map(EntryView::value);
            case "getEntry" -> found;
            case "putIfAbsent" -> found.isEmpty() && put(key, given[1]);
            case "replaceVersion" -> is(found, given[1]) && put(key, given[2]);
            case "removeVersion" -> is(found, given[1]) && values.remove(key) != null;
            default -> throw new UnsupportedOperationException(method.getName());
          });
    }

    private static boolean is(Optional<EntryView<String, byte[]>> found, Object version) {
      return found.isPresent() && found.orElseThrow().version() == (long) version;
    }

    private boolean put(String key, Object value) {
      versions++;
      values.put(key, new EntryView<>(key, (byte[]) value, versions, Optional.empty()));
      return true;
    }
  }
}
