package io.shardgrid.node.store;

import io.shardgrid.loader.CircuitBreaker;
import io.shardgrid.loader.StoreBook;
import io.shardgrid.loader.StoreReport;
import io.shardgrid.loader.StoreTally;
import io.shardgrid.node.access.ServerFigure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What meters show of the stores behind maps. Without state. */
public final class StoreFigures {

  private static final String MAP = "map";

  private StoreFigures() {}

  /** The figures of these stores; none if no map has one. */
  public static List<ServerFigure> of(StoreBook stores) {
    List<ServerFigure> figures = new ArrayList<>();
    for (StoreReport report : stores.reports()) {
      Told told = new Told(stores, report.map());
      add(figures, told, report);
    }
    return figures;
  }

  /** The report of a map at the moment when it is asked for. */
  private record Told(StoreBook stores, String map) {

    ServerFigure figure(
        String name,
        String help,
        @Nullable String unit,
        Map<String, String> labels,
        ToLongFunction<StoreReport> value) {
      boolean isTotal = name.endsWith("events") || name.endsWith("openings");
      return new ServerFigure(name, help, unit, isTotal, labels, () -> value(value));
    }

    private long value(ToLongFunction<StoreReport> value) {
      return stores.reports().stream()
          .filter(report -> report.map().equals(map))
          .mapToLong(value)
          .sum();
    }
  }

  private static void add(List<ServerFigure> figures, Told told, StoreReport first) {
    Map<String, String> map = Map.of(MAP, told.map());
    figures.add(
        told.figure(
            "store.marks",
            "Keys whose last write the map's store does not have",
            null,
            map,
            StoreReport::marks));
    figures.add(
        told.figure("store.mark", "Bytes of these writes", "bytes", map, StoreReport::markBytes));
    figures.add(
        told.figure(
            "store.mark.age.milliseconds",
            "How long the oldest of these writes waits, in milliseconds",
            null,
            map,
            StoreReport::oldestMarkMillis));
    figures.add(
        told.figure(
            "store.waiting",
            "Operations that wait for the map's store",
            null,
            map,
            StoreReport::waiting));
    figures.add(
        told.figure(
            "store.breaker.openings",
            "How often no load was let through to the map's store any more",
            null,
            map,
            StoreReport::breakerOpenings));
    figures.add(
        told.figure(
            "store.breaker.closed",
            "1 while all loads are let through to the map's store, else 0",
            null,
            map,
            report -> report.breaker() == CircuitBreaker.State.CLOSED ? 1 : 0));
    addCalls(figures, told);
    addEvents(figures, told, first);
  }

  private static void addEvents(List<ServerFigure> figures, Told told, StoreReport first) {
    for (StoreTally.Event event : StoreTally.Event.values()) {
      String word = event.name().toLowerCase(Locale.ROOT);
      figures.add(
          told.figure(
              "store.events",
              "What became of loads and writes of a map with a store",
              null,
              Map.of(MAP, told.map(), "event", word),
              report -> report.counts().getOrDefault(event, 0L)));
    }
    for (String own : new TreeSet<>(first.own().keySet())) {
      figures.add(
          told.figure(
              "store.pool.connections",
              "Connections of the pool of a map's store, and calls that wait for one",
              null,
              Map.of(MAP, told.map(), "state", own),
              report -> report.own().getOrDefault(own, 0L)));
    }
  }

  private static void addCalls(List<ServerFigure> figures, Told told) {
    Map<String, ToLongFunction<StoreReport>> calls =
        Map.of(
            "load", StoreReport::loadsAtOnce,
            "load_queued", StoreReport::loadsQueued,
            "write", StoreReport::writesAtOnce,
            "write_queued", StoreReport::writesQueued);
    calls.forEach(
        (kind, value) ->
            figures.add(
                told.figure(
                    "store.calls",
                    "Calls that a map's store has in hand, and that wait for that",
                    null,
                    Map.of(MAP, told.map(), "kind", kind),
                    value)));
  }
}
