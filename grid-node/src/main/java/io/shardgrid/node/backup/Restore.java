package io.shardgrid.node.backup;

import io.shardgrid.node.backup.RestorePlan.Mode;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Flight;
import io.shardgrid.route.RoutedShards;
import io.shardgrid.wire.Answer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Brings a verified backup into a cluster, of whatever size, number of shards and hash seed. One
 * instance makes one restore.
 */
public final class Restore {

  private final RoutedShards shards;
  private final Manifest manifest;
  private final RestorePlan plan;
  private final Clock clock;
  private final LongAdder written = new LongAdder();
  private final LongAdder expired = new LongAdder();

  /**
   * How a map came out.
   *
   * @param entries that the cluster holds, or for maps that had others those that were looked up
   * @param wanted digest of the backup's content, or what was looked for
   * @param found digest of the cluster's
   */
  public record MapVerdict(String map, long entries, String wanted, String found, boolean isEqual) {

    static MapVerdict ofDigests(
        String map, ContentCheck.Content wanted, ContentCheck.Content found) {
      return new MapVerdict(
          map,
          found.entries(),
          wanted.digest().toString(),
          found.digest().toString(),
          wanted.equals(found));
    }
  }

  /**
   * What was restored.
   *
   * @param written entries that were stored
   * @param expired entries whose deadline had passed, which were not
   */
  public record Restored(long written, long expired, List<MapVerdict> maps) {
    public Restored {
      maps = List.copyOf(maps);
    }

    /** Whether the cluster holds what the backup holds. */
    public boolean isEqual() {
      return maps.stream().allMatch(MapVerdict::isEqual);
    }
  }

  /**
   * A restore into a cluster.
   *
   * @param manifest of the backup, as {@link Verification} has returned it
   */
  public Restore(RoutedShards shards, Manifest manifest, RestorePlan plan, Clock clock) {
    this.shards = shards;
    this.manifest = manifest;
    this.plan = plan;
    this.clock = clock;
  }

  /**
   * Makes it. Blocks.
   *
   * @throws CommandException if maps of the backup have entries and the plan does not allow that,
   *     or an entry cannot be stored
   * @throws io.shardgrid.failure.GridException if the cluster does not answer
   */
  public Restored run() throws Exception {
    Set<String> shared = prepare();
    Workers.run(plan.parallel(), manifest.files().size(), this::write);
    Set<String> whole = new TreeSet<>();
    manifest.maps().forEach(map -> whole.add(map.name()));
    whole.removeAll(shared);
    List<MapVerdict> verdicts =
        new ArrayList<>(
            new ContentCheck(shards, plan.directory(), manifest, plan.parallel()).run(whole));
    if (!shared.isEmpty()) {
      verdicts.addAll(lookUp(shared));
    }
    return new Restored(written.sum(), expired.sum(), verdicts);
  }

  /** Makes room as the plan says; returns the maps that keep other entries. */
  private Set<String> prepare() throws Exception {
    Map<String, Long> filled = filled();
    if (filled.isEmpty()) {
      return Set.of();
    }
    if (plan.mode() == Mode.MERGE) {
      return filled.keySet();
    }
    if (plan.mode() == Mode.EMPTY) {
      throw new CommandException(
          ExitCode.FAILED,
          "Maps of the backup have entries already, nothing was restored; --overwrite clears them"
              + " first, --merge keeps entries of other keys: entries="
              + filled);
    }
    for (String map : filled.keySet()) {
      Workers.run(
          plan.parallel(), shards.count(), shard -> Patience.ask(() -> shards.clear(shard, map)));
    }
    return Set.of();
  }

  private Map<String, Long> filled() throws Exception {
    ContentCheck.Holding holding = ContentCheck.holding(shards, plan.parallel());
    TreeMap<String, Long> filled = new TreeMap<>();
    for (Manifest.MapPart map : manifest.maps()) {
      long entries = holding.maps().getOrDefault(map.name(), ContentCheck.Content.NONE).entries();
      if (entries > 0) {
        filled.put(map.name(), entries);
      }
    }
    return filled;
  }

  private long write(int number) throws Exception {
    EntryWriter writer = new EntryWriter(shards, plan.inFlight(), written);
    Path file = plan.directory().resolve(manifest.files().get(number).file());
    new ShardFile(file)
        .forEach(
            (map, key, value, version, deadline) -> {
              if (deadline != 0 && deadline <= clock.millis()) {
                expired.increment();
              } else {
                writer.add(map, key, value, deadline);
              }
            });
    writer.finish();
    plan.progress().accept(written.sum());
    return number;
  }

  /** Reads every entry of some maps back, where digests of whole maps say nothing. */
  private List<MapVerdict> lookUp(Set<String> maps) throws Exception {
    Map<String, LongAdder> looked = counters(maps);
    Map<String, LongAdder> equal = counters(maps);
    Workers.run(plan.parallel(), manifest.files().size(), number -> lookUp(number, looked, equal));
    return maps.stream()
        .map(
            map -> {
              long wanted = looked.getOrDefault(map, new LongAdder()).sum();
              long found = equal.getOrDefault(map, new LongAdder()).sum();
              return new MapVerdict(
                  map, wanted, wanted + " entries", found + " entries", wanted == found);
            })
        .toList();
  }

  private static Map<String, LongAdder> counters(Set<String> maps) {
    return maps.stream().collect(Collectors.toMap(map -> map, map -> new LongAdder()));
  }

  private long lookUp(int number, Map<String, LongAdder> looked, Map<String, LongAdder> equal)
      throws Exception {
    Flight flight = new Flight(plan.inFlight());
    Path file = plan.directory().resolve(manifest.files().get(number).file());
    new ShardFile(file)
        .forEach(
            (map, key, value, version, deadline) -> {
              LongAdder of = looked.get(map);
              LongAdder equalOf = equal.get(map);
              if (of == null || equalOf == null || isPast(deadline)) {
                return;
              }
              of.increment();
              flight.add(
                  () ->
                      Patience.askLater(() -> shards.find(shards.of(key), map, key))
                          .thenAccept(
                              found -> {
                                if (isSame(found, value, deadline) || isPast(deadline)) {
                                  equalOf.increment();
                                }
                              }));
            });
    flight.land();
    return number;
  }

  private boolean isPast(long deadline) {
    return deadline != 0 && deadline <= clock.millis();
  }

  private static boolean isSame(Answer found, byte[] value, long deadline) {
    return found instanceof Answer.Entry entry
        && Arrays.equals(entry.value(), value)
        && entry.deadlineMillis() == deadline;
  }
}
