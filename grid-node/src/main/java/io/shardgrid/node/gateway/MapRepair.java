package io.shardgrid.node.gateway;

import io.shardgrid.node.cli.Remote;
import io.shardgrid.node.cli.Waiting;
import io.shardgrid.route.RoutedShards;
import io.shardgrid.wire.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;

/**
 * Finds the keys that two clusters do not hold alike, entry by entry, and has each copied anew.
 * Confined to one thread, which it blocks. In memory is one page of entries.
 *
 * <p>It is what makes a canary whole that is filled while production is written to: the fill may
 * have overtaken a write that a mirror has copied.
 */
final class MapRepair {

  private static final int PAGE = 256;
  private static final int WAITING_MAX = 2_000;
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final RoutedShards production;
  private final RoutedShards canary;
  private final BiConsumer<String, byte[]> copyAnew;
  private final IntSupplier waiting;
  private long found;

  /**
   * A repair.
   *
   * @param copyAnew takes a key that is not held alike
   * @param waiting how many of these wait to be copied
   */
  MapRepair(
      RoutedShards production,
      RoutedShards canary,
      BiConsumer<String, byte[]> copyAnew,
      IntSupplier waiting) {
    this.production = production;
    this.canary = canary;
    this.copyAnew = copyAnew;
    this.waiting = waiting;
  }

  /** Looks at all maps; returns how many keys were not held alike. */
  long run() {
    TreeSet<String> maps = new TreeSet<>();
    for (RoutedShards shards : List.of(production, canary)) {
      for (int shard = 0; shard < shards.count(); shard++) {
        Remote.await(shards.describe(shard)).maps().forEach(map -> maps.add(map.name()));
      }
    }
    for (String map : maps) {
      compare(map, production, canary);
      compare(map, canary, production);
    }
    return found;
  }

  /** Looks up at the other cluster what one holds. */
  private void compare(String map, RoutedShards one, RoutedShards other) {
    for (int shard = 0; shard < one.count(); shard++) {
      long position = 0;
      do {
        Answer.Page page = Remote.await(one.scan(shard, map, position, PAGE, true));
        List<CompletionStage<Answer>> others = new ArrayList<>();
        for (Answer.Item item : page.entries()) {
          others.add(other.find(other.of(item.key()), map, item.key()));
        }
        for (int at = 0; at < others.size(); at++) {
          Answer.Item item = page.entries().get(at);
          if (!isSame(item, Remote.await(others.get(at)))) {
            found++;
            copyAnew.accept(map, item.key());
          }
        }
        while (waiting.getAsInt() > WAITING_MAX) {
          Waiting.linger(PAUSE);
        }
        position = page.position();
      } while (position != 0);
    }
  }

  private static boolean isSame(Answer.Item item, Answer other) {
    return other instanceof Answer.Entry entry
        && Arrays.equals(item.value(), entry.value())
        && (item.deadlineMillis() == 0) == (entry.deadlineMillis() == 0);
  }
}
