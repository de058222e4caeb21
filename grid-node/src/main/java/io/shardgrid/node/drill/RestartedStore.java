package io.shardgrid.node.drill;

import io.shardgrid.map.AsyncMap;
import io.shardgrid.node.cli.Remote;
import io.shardgrid.node.store.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The database is killed and started again, and a node is killed, while writes go behind it. */
final class RestartedStore extends StoreDrill {

  private static final int KEYS = 500;
  private static final int ROUNDS = 30;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long SETTLE_SECONDS_MAX = 60;

  @Override
  public int number() {
    return 24;
  }

  @Override
  public String title() {
    return "the database is killed twice, and a node once, during writes behind";
  }

  @Override
  public String proves() {
    return "Every write that was answered, or a later one to its key, reaches the database.";
  }

  @Override
  public boolean mayFail() {
    return true;
  }

  @Override
  void strike(Scene scene, Database database) {
    AsyncMap<String, String> map = map(scene, GUARDED);
    Map<String, String> wanted = new HashMap<>();
    long fromNanos = System.nanoTime();
    for (int round = 0; round < ROUNDS; round++) {
      if (round == 5 || round == 18) {
        scene.struck("kill -9 of the database");
        database.kill();
      } else if (round == 10 || round == 23) {
        database.start();
        scene.note("the database runs again");
      } else if (round == 13) {
        scene.kill("c");
      }
      List<CompletionStage<?>> writes = new ArrayList<>();
      for (int key = 0; key < KEYS; key++) {
        // What was never written would have to be looked for, in a database that may be down.
        boolean isRemoval = round > 0 && (key + round) % 11 == 0;
        String name = "new-" + key;
        writes.add(isRemoval ? map.remove(name) : map.put(name, "round " + round));
        if (isRemoval) {
          wanted.remove(name);
        } else {
          wanted.put(name, "round " + round);
        }
      }
      writes.forEach(Remote::await);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    double seconds = (System.nanoTime() - fromNanos) / 1e9;
    boolean isStored =
        await(SETTLE_SECONDS_MAX, () -> sum(scene, GUARDED, page -> page.marks()) == 0);
    scene.demand(isStored, "all writes are stored within " + SETTLE_SECONDS_MAX + " s");
    long stored = sum(scene, GUARDED, page -> page.count("STORED"));
    scene.note(
        String.format(
            Locale.ROOT,
            "%,d writes, %,.0f a second; without coalescing as many statements, with it %,d, %,.0f"
                + " a second (of the nodes that live)",
            ROUNDS * KEYS,
            ROUNDS * KEYS / seconds,
            stored,
            stored / seconds));
    checkRows(scene, database.rows("new-"), wanted);
    scene.awaitWhole(2);
  }

  private static void checkRows(Scene scene, Map<String, String> rows, Map<String, String> wanted) {
    int wrong = 0;
    for (int key = 0; key < KEYS; key++) {
      String name = "new-" + key;
      String row = rows.get(name);
      String last = wanted.get(name);
      wrong += (row == null ? last == null : row.equals(last)) ? 0 : 1;
    }
    scene.demand(wrong == 0, "rows that are not as the last write to their key: " + wrong);
  }
}
