package io.shardgrid.node.demo.elastic;

import io.shardgrid.node.cli.Flight;
import io.shardgrid.node.cli.ProgressBar;
import io.shardgrid.node.cli.Remote;
import io.shardgrid.node.cli.Screen;
import io.shardgrid.node.demo.report.DayFacts;
import io.shardgrid.node.town.City;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Reads all that there is when the load has ended, and compares it with the book: each entry, and
 * how many there are.
 *
 * <p>Confined to one thread, which it blocks.
 */
final class TownAudit {

  private static final int IN_FLIGHT = 2;

  /** Many at once: the grid, which counts operations, is not to take this for work. */
  private static final int BATCH = 4_096;

  private static final int EXAMPLES_MAX = 5;

  private final TownMaps maps;
  private final TownLedger ledger;
  private final Screen screen;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();
  private final ConcurrentLinkedQueue<String> examples = new ConcurrentLinkedQueue<>();

  TownAudit(TownMaps maps, TownLedger ledger, Screen screen) {
    this.maps = maps;
    this.ledger = ledger;
    this.screen = screen;
  }

  /** Does it. */
  DayFacts.Audit run() {
    long readsChecked = ledger.judged();
    List<Integer> towns = IntStream.range(0, ledger.size()).boxed().toList();
    List<Integer> visited = towns.stream().filter(ledger::hasCounter).toList();
    ProgressBar bar =
        new ProgressBar(screen, "verifying", towns.size() + visited.size(), System::nanoTime);
    Flight flight = new Flight(IN_FLIGHT);
    for (List<Integer> batch : batches(towns)) {
      flight.add(
          () ->
              maps.towns()
                  .getAll(ids(batch))
                  .thenAccept(found -> judge(batch, found, town -> judgeTown(town, found))));
      bar.update(done.get());
    }
    for (List<Integer> batch : batches(visited)) {
      flight.add(
          () ->
              maps.visits()
                  .getAll(ids(batch))
                  .thenAccept(found -> judge(batch, found, town -> judgeVisits(town, found))));
      bar.update(done.get());
    }
    flight.land();
    bar.finish(done.get());
    count("towns", towns.size(), towns.size(), Remote.await(maps.towns().size()));
    count("counters", visited.size(), ledger.countersMax(), Remote.await(maps.visits().size()));
    return new DayFacts.Audit(
        towns.size(),
        visited.size(),
        ledger.writesDone(),
        readsChecked,
        wrong.get(),
        List.copyOf(examples));
  }

  private String judgeTown(int town, Map<String, City> found) {
    return ledger.judgeTown(
        town, ledger.changesDone(town), Optional.ofNullable(found.get(ledger.id(town))));
  }

  private String judgeVisits(int town, Map<String, Long> found) {
    return ledger.judgeVisits(
        town, ledger.visitsDone(town), Optional.ofNullable(found.get(ledger.id(town))));
  }

  private void judge(List<Integer> batch, Map<String, ?> found, IntFunction<String> judgement) {
    for (int town : batch) {
      String flaw = judgement.apply(town);
      if (!flaw.isEmpty()) {
        note("town=%s, %s, found=%s".formatted(ledger.id(town), flaw, found.get(ledger.id(town))));
      }
    }
    done.addAndGet(batch.size());
  }

  /** What was never written must not be there either. */
  private void count(String what, long min, long max, long found) {
    if (found < min || found > max) {
      note("%s: wanted=%d to %d, found=%d".formatted(what, min, max, found));
    }
  }

  private void note(String example) {
    if (wrong.incrementAndGet() <= EXAMPLES_MAX) {
      examples.add(example);
    }
  }

  private List<String> ids(List<Integer> batch) {
    return batch.stream().map(ledger::id).toList();
  }

  private static List<List<Integer>> batches(List<Integer> all) {
    List<List<Integer>> batches = new ArrayList<>();
    for (int from = 0; from < all.size(); from += BATCH) {
      batches.add(all.subList(from, Math.min(all.size(), from + BATCH)));
    }
    return batches;
  }
}
