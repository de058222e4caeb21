package io.shardgrid.shard;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.key.Charter;
import io.shardgrid.loader.StorePolicies;
import io.shardgrid.loader.StoreTally.Event;
import io.shardgrid.shard.HeldAnswers.Held;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.replica.Change;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The maps of a shard that have a store: what is loaded, and what is to be stored. Decides, and
 * numbers what the shard writes by itself; {@link Intake} carries the operations out. Confined to
 * its replica.
 */
final class StoreSide {

  private final int shard;
  private final ShardStore store;
  private final Map<String, Row> rows = new HashMap<>();
  private long tickets;
  private final StoreStamps stamps;

  /** One of the maps. */
  private static final class Row {
    private final StoredMap map;
    private final StoreWriter writer;
    private final FilterFiller filler;

    Row(StoredMap map, ShardStore store) {
      this.map = map;
      this.writer = new StoreWriter(map, store);
      this.filler = new FilterFiller(map, store);
    }
  }

  private StoreSide(int shard, ShardStore store, StorePolicies policies, Charter charter) {
    this.shard = shard;
    this.store = store;
    this.stamps = new StoreStamps(store);
    for (StorePolicies.Row row : policies.all()) {
      StoredMap map =
          new StoredMap(row.policy(), row.tally(), store, charter.hashSeed(), charter.shards());
      rows.put(map.name(), new Row(map, store));
    }
  }

  /** The side of a replica; null if no map of its node has a store. */
  static @Nullable StoreSide of(
      int shard, ShardStore store, @Nullable StorePolicies policies, Charter charter) {
    return policies == null ? null : new StoreSide(shard, store, policies, charter);
  }

  /** The map; null if it has no store. */
  @Nullable StoredMap of(String map) {
    Row row = rows.get(map);
    return row == null ? null : row.map;
  }

  /** What numbers a write together with what says that the store does not have it. */
  Change marked(StoredMap map, Change change) {
    Change marked = map.marked(change, stamps.next());
    return marked == change ? change : stamps.kept(marked);
  }

  /** The replica begins to act. */
  void seatTaken(long nowNanos) {
    stamps.seatTaken();
    boolean isFirst = store.sequence() == 0;
    for (Row row : rows.values()) {
      row.writer.seatTaken(isFirst, nowNanos);
      row.filler.seatTaken(nowNanos);
    }
  }

  /** The replica does not act any more: what waits for the store comes again to whoever does. */
  void reignEnded(ReplicaEffects effects) {
    for (Row row : rows.values()) {
      for (Held held : row.map.confirms.takeAll()) {
        row.map.tally.waiting(-1);
        effects.drop(held.operation(), held.from());
      }
      row.map.forget();
      row.map.tally.oldest(shard, 0);
    }
  }

  /** Why an operation must not be carried out now; null if it may. */
  static @Nullable String refusal(StoredMap map, Request request) {
    if (!request.kind().isWrite()) {
      return null;
    }
    if (map.confirms.size() >= map.policy.queue().waitingMax()
        || map.confirms.bytes() >= map.policy.queue().waitingBytesMax()) {
      return "as many writes wait for the map's store as may";
    }
    return map.policy.isWritten() && map.isFull()
        ? "the map's store is behind by as many writes as it may be"
        : null;
  }

  /** Whether all entries that a read wants are in the grid. */
  static boolean isInGrid(StoredMap map, Request request) {
    for (byte[] key : StoreKeys.looked(request)) {
      if (map.version(key) == 0) {
        return false;
      }
    }
    return true;
  }

  /** What a look for all keys of a request has found. */
  record Looked(List<byte[]> unknown, boolean hasNoRoom) {}

  /** Looks for all entries that a request depends on. */
  static Looked look(StoredMap map, Request request, @Nullable LoadWait before, long nowNanos) {
    List<byte[]> unknown = new ArrayList<>(1);
    boolean hasNoRoom = false;
    for (byte[] key : StoreKeys.looked(request)) {
      StoredMap.Miss miss = map.look(key, before, nowNanos);
      if (miss == StoredMap.Miss.UNKNOWN) {
        unknown.add(key);
      }
      hasNoRoom |= miss == StoredMap.Miss.NO_ROOM;
    }
    return new Looked(unknown, hasNoRoom);
  }

  /** Has keys loaded, each once at a time, and the operation wait for them. */
  void load(StoredMap map, List<byte[]> keys, LoadWait wait, ReplicaEffects effects) {
    map.waits(wait);
    for (byte[] key : keys) {
      ByteBuffer name = ByteBuffer.wrap(key);
      Loads.Flight flight = map.loads.find(name);
      boolean isUnderWay = flight != null;
      if (flight == null) {
        flight = begin(map, key, 0, effects);
      }
      map.tally.count(isUnderWay ? Event.JOINED : Event.LOADS);
      if (!flight.waiting().contains(wait)) {
        flight.waiting().add(wait);
        wait.waits();
      }
    }
  }

  private Loads.Flight begin(StoredMap map, byte[] key, long version, ReplicaEffects effects) {
    tickets++;
    StoreErrand.Load load = new StoreErrand.Load(tickets, map.name(), key, version != 0);
    Loads.Flight flight = new Loads.Flight(load, version);
    map.loads.begin(ByteBuffer.wrap(key), flight);
    effects.ask(load);
    return flight;
  }

  /** Has entries loaded anew that a read has shown, if they are no longer fresh. */
  void shown(StoredMap map, Request request, ReplicaEffects effects) {
    if (request.kind().isWrite()) {
      return;
    }
    for (byte[] key : StoreKeys.looked(request)) {
      ByteBuffer name = ByteBuffer.wrap(key);
      boolean isOld =
          map.policy.freshness().isToBeRefreshed(map.deadlineMillis(key), store.wallMillis());
      if (isOld
          && map.loads.find(name) == null
          && map.loads.size() < map.policy.queue().waitingMax()
          && !map.marks.has(name)) {
        long version = map.version(key);
        if (version != 0) {
          map.tally.count(Event.REFRESHES);
          begin(map, key, version, effects);
        }
      }
    }
  }

  /** What has come of a load; those whose last one it was. */
  List<LoadWait> loaded(ErrandResult.Loaded result, long nowNanos) {
    StoredMap map = of(result.load().map());
    Loads.Flight flight = map == null ? null : map.loads.end(result.load());
    if (map == null || flight == null) {
      return List.of();
    }
    byte[] key = result.load().key();
    byte[] value = result.value();
    map.tally.count(value == null ? Event.MISSING : Event.FOUND);
    boolean isCurrent =
        !flight.isOvertaken()
            && map.mark(key) == null
            && (map.version(key) == 0 || map.version(key) == flight.version());
    if (!isCurrent) {
      map.tally.count(Event.OVERTAKEN);
      return ended(map, flight, null, false);
    }
    if (value == null) {
      if (map.version(key) != 0) {
        store.number(new Change.Remove(map.name(), key));
      }
      map.absent.add(ByteBuffer.wrap(key), nowNanos);
      return ended(map, flight, null, true);
    }
    return ended(map, flight, map.put(key, value) ? null : noRoom(map), false);
  }

  /** A load has come to nothing; those whose last one it was. */
  List<LoadWait> notLoaded(ErrandResult.NotLoaded result) {
    StoredMap map = of(result.load().map());
    Loads.Flight flight = map == null ? null : map.loads.end(result.load());
    if (map == null || flight == null) {
      return List.of();
    }
    map.tally.count(Event.LOAD_FAILURES);
    return ended(map, flight, unavailable(map, result.reason()), false);
  }

  private static List<LoadWait> ended(
      StoredMap map, Loads.Flight flight, @Nullable Answer failure, boolean isAbsent) {
    List<LoadWait> ready = new ArrayList<>(flight.waiting().size());
    for (LoadWait wait : flight.waiting()) {
      if (isAbsent) {
        wait.absent(ByteBuffer.wrap(flight.load().key()));
      }
      if (failure != null) {
        wait.failed(failure);
      }
      if (wait.ended()) {
        map.waited(wait);
        ready.add(wait);
      }
    }
    return ready;
  }

  /** What an operation is answered with whose entry finds no room. */
  Answer noRoom(StoredMap map) {
    return new Answer.Failed(
        FailureCode.MEMORY_EXCEEDED,
        "there is no room for what was loaded; have the map evict, or raise the limits: map=%s,"
                .formatted(map.name())
            + " shard=%d, reservedBytes=%d, nodeReservedBytes=%d"
                .formatted(
                    shard,
                    store.maps().reservedBytes(map.name()),
                    store.maps().nodeReservedBytes()));
  }

  /** Whether as many operations wait for loads as may. */
  static boolean isCrowded(StoredMap map) {
    return map.waiting >= map.policy.queue().waitingMax()
        || map.waitingBytes >= map.policy.queue().waitingBytesMax();
  }

  /** What an operation is answered with that would be one too many. */
  Answer crowded(StoredMap map) {
    return unavailable(map, "as many operations wait for loads as may, waiting-max");
  }

  private Answer unavailable(StoredMap map, String cause) {
    return new Answer.Failed(
        FailureCode.STORE_UNAVAILABLE,
        "the entry is not in the grid, and the map's store does not tell; what is in the grid is"
            + " served, try again later: map=%s, shard=%d, cause=%s"
                .formatted(map.name(), shard, cause));
  }

  /** What an operation is answered with that waits without end. */
  Answer endless(StoredMap map) {
    return new Answer.Failed(
        FailureCode.OVERLOADED,
        "entries go again before they are read; give the map more room, or longer ttl: map=%s,"
                .formatted(map.name())
            + " shard=%d".formatted(shard));
  }

  /** Has an answer wait until the store has what it tells of; false if it has. */
  static boolean waits(StoredMap map, Held held, long nowNanos) {
    Map<ByteBuffer, Long> versions = new LinkedHashMap<>();
    for (byte[] key : StoreKeys.written(held.operation().request())) {
      long version = map.marks.version(ByteBuffer.wrap(key));
      if (version != 0) {
        versions.put(ByteBuffer.wrap(key), version);
      }
    }
    if (versions.isEmpty()) {
      return false;
    }
    map.tally.waiting(1);
    map.confirms.add(held, versions, nowNanos);
    return true;
  }

  /** Something has come of a batch, for whoever waits for it. */
  List<StoreWriter.Ended> written(ErrandResult result, long nowNanos) {
    if (result instanceof ErrandResult.Written written) {
      Row row = rows.get(written.write().map());
      return row == null ? List.of() : told(row, row.writer.written(written));
    }
    if (result instanceof ErrandResult.NotWritten failed) {
      Row row = rows.get(failed.write().map());
      return row == null ? List.of() : told(row, row.writer.notWritten(failed, nowNanos));
    }
    return List.of();
  }

  private static List<StoreWriter.Ended> told(Row row, List<StoreWriter.Ended> ended) {
    row.map.tally.waiting(-ended.size());
    return ended;
  }

  /** Whether something may have to be handed to a store. */
  boolean hasMarks() {
    for (Row row : rows.values()) {
      if (row.map.marks.size() > 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether something is to be handed to a store now, if it is committed. */
  boolean isDue(long nowNanos) {
    for (Row row : rows.values()) {
      if (row.writer.isDue(nowNanos)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Hands over what is due.
   *
   * @param commit number of the last write that no crash can take back
   */
  void pump(long commit, long nowNanos, ReplicaEffects effects) {
    for (Row row : rows.values()) {
      StoreErrand.Write next = row.writer.next(tickets + 1, commit, nowNanos);
      if (next != null) {
        tickets++;
        effects.ask(next);
      }
    }
  }

  /** Time passes; those who have waited for too long. */
  List<StoreWriter.Ended> tick(long nowNanos, ReplicaEffects effects) {
    List<StoreWriter.Ended> late = new ArrayList<>();
    for (Row row : rows.values()) {
      row.map.findForeignMarks();
      row.map.tally.oldest(shard, row.map.marks.oldestMillis());
      late.addAll(told(row, row.writer.late(nowNanos)));
      tickets += row.filler.begin(tickets + 1, nowNanos, effects) ? 1 : 0;
    }
    return late;
  }

  /** Keys for a filter, or none any more. */
  void filled(ErrandResult result, long nowNanos) {
    for (Row row : rows.values()) {
      row.filler.returned(result, nowNanos);
    }
  }
}
