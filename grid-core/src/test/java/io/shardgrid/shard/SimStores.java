package io.shardgrid.shard;

import static java.util.Objects.requireNonNull;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.failure.FailureCode;
import io.shardgrid.history.Bytes;
import io.shardgrid.history.EntryOutput;
import io.shardgrid.loader.StorePolicies;
import io.shardgrid.loader.StorePolicy;
import io.shardgrid.loader.WriteMode;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.replica.Change;
import io.shardgrid.wire.replica.LoggedWrite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A store behind a map, as a table with a column of versions would be one: it takes its time, fails
 * with and without effect, and takes some effects after it has failed. In some seeds there is none.
 */
final class SimStores {

  private static final long FENCE_MILLIS = 400;

  /** Clocks differ. */
  private static final long LATE_MILLIS_MAX = 370;

  private final Simulation simulation;
  private final SimTime time;
  private final SplittableRandom random;
  private final @Nullable StorePolicy policy;
  private final Map<Key, Row> rows = new HashMap<>();

  /** For each key, the version of the last write that has reached the store. */
  private final Map<Key, Long> reached = new HashMap<>();

  private final Set<Reading> readings = new HashSet<>();
  private long downUntilNanos;
  private int loads;
  private int stored;

  private record Key(int shard, Bytes key) {}

  /** The bytes of the key beside its name. */
  private record Row(byte[] key, byte[] value, long stamp) {}

  private record Reading(int node, long seat, Key key) {}

  SimStores(Simulation simulation) {
    this.simulation = simulation;
    this.time = simulation.time;
    this.random = time.random;
    this.policy = time.chance(0.4) ? null : policy();
  }

  private StorePolicy policy() {
    long ttl = random.nextBoolean() ? 0 : 50 + random.nextInt(2_000);
    StorePolicy.Queue queue =
        new StorePolicy.Queue(
            random.nextInt(500),
            1 + random.nextInt(8),
            30,
            1 << 16,
            800 * SimTime.MILLI,
            FENCE_MILLIS * SimTime.MILLI,
            1 + random.nextInt(100),
            1 << 16);
    StorePolicy.Freshness freshness =
        new StorePolicy.Freshness(ttl, 0.2, random.nextInt(300), random.nextInt(40));
    StorePolicy.Absence absence =
        new StorePolicy.Absence(
            random.nextBoolean() ? 0 : 500 * SimTime.MILLI,
            1 + random.nextInt(3),
            random.nextBoolean() ? 0 : 16);
    WriteMode mode = random.nextBoolean() ? WriteMode.THROUGH : WriteMode.BEHIND;
    return new StorePolicy(SimMixedCalls.MAP, mode, queue, freshness, absence);
  }

  /** What a node is told of the stores of its maps. */
  @Nullable StorePolicies policies() {
    return policy == null ? null : new StorePolicies(List.of(policy), simulation.shards);
  }

  boolean isStored(String map) {
    return policy != null && policy.map().equals(map);
  }

  /** Whether an operation was refused for its store. */
  boolean isNothingDone(Answer answer) {
    return isFailure(answer, FailureCode.STORE_UNAVAILABLE)
        || (policy != null && isFailure(answer, FailureCode.OVERLOADED));
  }

  /** Whether a write was done without the word of its store. */
  boolean isUnconfirmed(Answer answer) {
    return isFailure(answer, FailureCode.STORE_UNCONFIRMED);
  }

  private static boolean isFailure(Answer answer, FailureCode code) {
    return answer instanceof Answer.Failed failed && failed.code() == code;
  }

  void ask(SimNode node, int shard, StoreErrand errand) {
    time.trace(() -> node + " asks the store of " + shard + ": " + errand);
    if (errand instanceof StoreErrand.Load load) {
      load(node, shard, load);
    } else if (errand instanceof StoreErrand.Write write) {
      write(node, shard, write);
    } else if (errand instanceof StoreErrand.Fill fill) {
      fill(node, shard, fill);
    }
  }

  private boolean isDown() {
    if (simulation.isFaulty() && time.chance(0.01)) {
      downUntilNanos = time.nowNanos() + time.between(50, 1_500);
    }
    return time.nowNanos() < downUntilNanos;
  }

  private long delayNanos() {
    double kind = random.nextDouble();
    if (!simulation.isFaulty() || kind < 0.6) {
      return time.between(0, 2);
    }
    return time.between(0, kind < 0.95 ? 20 : 600);
  }

  private void load(SimNode node, int shard, StoreErrand.Load load) {
    loads++;
    Key key = new Key(shard, Bytes.of(load.key()));
    Reading reading = new Reading(node.number, node.replicas.get(shard).state().seat, key);
    if (!readings.add(reading)) {
      throw new SimViolation("a key is loaded twice at a time: " + key);
    }
    boolean isFailing = isDown() || (simulation.isFaulty() && time.chance(0.05));
    time.after(
        delayNanos(),
        () -> {
          Row row = rows.get(key);
          ErrandResult result =
              isFailing
                  ? new ErrandResult.NotLoaded(load, "down")
                  : new ErrandResult.Loaded(load, row == null ? null : row.value());
          time.trace(() -> "store tells " + node + " " + key + " " + result);
          back(node, shard, result, () -> readings.remove(reading));
        });
  }

  private void back(SimNode node, int shard, ErrandResult result, Runnable before) {
    node.schedule(
        time.nowNanos() + delayNanos(),
        () -> {
          before.run();
          node.returned(shard, result);
        });
  }

  private void write(SimNode node, int shard, StoreErrand.Write write) {
    if (policy == null || write.items().size() > policy.queue().batchMax()) {
      throw new SimViolation("a batch is too large: " + write);
    }
    boolean isFailing = isDown() || (simulation.isFaulty() && time.chance(0.1));
    long atNanos = time.nowNanos() + Math.min(delayNanos(), LATE_MILLIS_MAX * SimTime.MILLI);
    if (!isFailing) {
      time.at(
          atNanos,
          () -> {
            take(shard, write);
            back(node, shard, new ErrandResult.Written(write, Map.of()), () -> {});
          });
      return;
    }
    if (time.chance(0.5)) {
      // It takes effect all the same, perhaps after it was given up.
      long lateNanos = (long) (random.nextDouble() * LATE_MILLIS_MAX * SimTime.MILLI);
      time.at(time.nowNanos() + lateNanos, () -> take(shard, write));
    }
    back(node, shard, new ErrandResult.NotWritten(write, "down"), () -> {});
  }

  private void take(int shard, StoreErrand.Write write) {
    for (StoreErrand.Item item : write.items()) {
      Key key = new Key(shard, Bytes.of(item.key()));
      stored++;
      Row row = rows.get(key);
      byte[] value = item.value();
      time.trace(() -> "store " + shard + " " + key + " " + item + (value == null ? " none" : ""));
      reached.merge(key, item.version(), Math::max);
      if (row != null && row.stamp() >= item.stamp()) {
        continue;
      }
      if (value == null) {
        rows.remove(key);
      } else {
        rows.put(key, new Row(item.key(), value, item.stamp()));
      }
    }
  }

  private void fill(SimNode node, int shard, StoreErrand.Fill fill) {
    if (isDown()) {
      back(node, shard, new ErrandResult.NoKeys(fill), () -> {});
      return;
    }
    List<byte[]> keys = new ArrayList<>();
    rows.forEach(
        (key, row) -> {
          if (key.shard() == shard) {
            keys.add(row.key());
          }
        });
    boolean isSplit = keys.size() > 1 && random.nextBoolean();
    if (isSplit) {
      back(node, shard, new ErrandResult.Keys(fill, keys.subList(0, 1), false), () -> {});
    }
    time.after(
        600 * SimTime.MILLI,
        () -> back(node, shard, new ErrandResult.Keys(fill, keys, true), () -> {}));
  }

  /** When a write is answered, a store that is written through has it, or a later one. */
  void answering(int shard, Operation operation, Answer answer) {
    time.trace(() -> shard + " " + operation.client() + "/" + operation.seq() + " " + answer);
    byte[] key = operation.request().key();
    if (policy == null
        || policy.writes() != WriteMode.THROUGH
        || !isStored(operation.map())
        || key == null
        || simulation.isLost(shard)) {
      return;
    }
    if (answer instanceof Answer.Stored told
        && told.applied()
        && told.version() != EntryOutput.UNTOLD
        && reached.getOrDefault(new Key(shard, Bytes.of(key)), 0L) < told.version()) {
      throw new SimViolation("a write is answered that the store does not have: " + operation);
    }
  }

  /** A backup tells of a write only if no store has to have it first. */
  void telling(int shard, LoggedWrite write) {
    if (policy == null || policy.writes() != WriteMode.THROUGH || simulation.isLost(shard)) {
      return;
    }
    for (Change part : StoredMap.parts(write.change())) {
      if (part instanceof Change.Put put
          && put.map().equals(StoreMark.marksOf(policy.map()))
          && reached.getOrDefault(new Key(shard, Bytes.of(put.key())), 0L) < write.seq()) {
        throw new SimViolation("a backup tells of a write that the store does not have");
      }
    }
  }

  /** What a caller would read now: the entry, else what the store has. */
  byte @Nullable [] valueAtRest(int shard, String map, Bytes key) {
    ReplicaState state = simulation.primaryOf(shard).state();
    BucketMap entries = state.store.maps().find(map);
    long entry = find(entries, key);
    if (entries != null
        && entry != BucketMap.ABSENT
        && !Deadlines.isPast(entries.deadlineMillis(entry), state.store.wallMillis())) {
      return entries.value(entry);
    }
    Row row = rows.get(new Key(shard, key));
    return row == null ? null : row.value();
  }

  private static long find(@Nullable BucketMap entries, Bytes key) {
    AtomicLong found = new AtomicLong(BucketMap.ABSENT);
    if (entries != null) {
      entries.scan(
          0,
          Integer.MAX_VALUE,
          (map, entry) -> {
            if (Bytes.of(map.key(entry)).equals(key)) {
              found.set(entry);
            }
          });
    }
    return found.get();
  }

  /** When all is quiet nothing waits for the store, and it has what the grid has. */
  void checkAtRest() {
    for (int shard = 0; policy != null && shard < simulation.shards; shard++) {
      if (!simulation.isLost(shard)) {
        checkAtRest(shard, policy.map());
      }
    }
  }

  private void checkAtRest(int shard, String map) {
    ShardMaps maps = simulation.primaryOf(shard).state().store.maps();
    BucketMap marks = maps.find(StoreMark.marksOf(map));
    if (marks != null && marks.entries() != 0) {
      throw new SimViolation("writes have not reached the store: " + marks.entries());
    }
    BucketMap entries = maps.find(map);
    if (entries == null) {
      return;
    }
    entries.scan(
        0,
        Integer.MAX_VALUE,
        (visited, entry) -> {
          Row row = rows.get(new Key(shard, Bytes.of(visited.key(entry))));
          if (row == null || !visited.valueEquals(entry, requireNonNull(row).value())) {
            throw new SimViolation(
                "the store has something else: "
                    + Bytes.of(visited.key(entry))
                    + ", entry="
                    + Bytes.of(visited.value(entry))
                    + ", row="
                    + (row == null ? "none" : Bytes.of(row.value())));
          }
        });
  }

  int loads() {
    return loads;
  }

  int stored() {
    return stored;
  }
}
