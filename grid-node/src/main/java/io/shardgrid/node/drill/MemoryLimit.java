package io.shardgrid.node.drill;

import io.shardgrid.failure.GridMemoryExceededException;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import io.shardgrid.node.cli.Remote;
import io.shardgrid.node.cli.Screen;
import java.util.Set;

/**
 * More is written than there is room for. A map that evicts makes room and fails nobody; where
 * nothing is evicted, writes are refused, all that was accepted stays, and removing helps.
 * Immutable.
 */
record MemoryLimit(boolean evicts) implements Drill {

  private static final int VALUE_BYTES = 4_096;
  private static final int IN_FLIGHT = 32;
  private static final String MAP = "flood";
  private static final int LIMIT_MIB = 16;
  private static final int NODE_MIB = 64;
  private static final int AGAIN = 1_000;

  @Override
  public int number() {
    return 16;
  }

  @Override
  public String title() {
    return "more than the memory limit is written, " + (evicts ? "with" : "without") + " eviction";
  }

  @Override
  public String proves() {
    return evicts
        ? "A map that evicts stays below its limit and takes every write."
        : "Without eviction writes are refused at the limit and nothing else changes; none that was"
            + " accepted is missing.";
  }

  @Override
  public Setup setup() {
    String map = "grid.maps.%s { eviction = lru, bytes-max = %d MiB }\n".formatted(MAP, LIMIT_MIB);
    String node = "grid.memory-max = %d MiB\n".formatted(NODE_MIB);
    return new Setup(3, 1, evicts ? map : node, 0);
  }

  @Override
  public boolean mayFail() {
    return !evicts;
  }

  @Override
  public void strike(Scene scene) {
    AsyncMap<String, byte[]> map = scene.client().map(MAP, Codecs.string(), Codecs.bytes());
    Flood flood = new Flood(map, VALUE_BYTES);
    if (evicts) {
      overfill(scene, map, flood);
    } else {
      fillUp(scene, map, flood);
    }
  }

  private static void overfill(Scene scene, AsyncMap<String, byte[]> map, Flood flood) {
    long entries = 4L * (LIMIT_MIB << 20) / VALUE_BYTES;
    scene.struck("4 x the limit of a map is written to it: " + Screen.grouped(entries));
    flood.write(entries, IN_FLIGHT);
    scene.note("written: " + flood.ends());
    scene.demand(flood.done() == entries, "every write was accepted: " + flood.ends());
    long bytes = Remote.await(map.size()) * VALUE_BYTES;
    scene.demand(
        bytes > 0 && bytes <= LIMIT_MIB << 20,
        "the map has %s of %d MiB".formatted(Screen.bytes(bytes), LIMIT_MIB));
    scene.demand(Remote.await(map.containsKey(flood.lastKey())), "the last entry written is there");
  }

  private static void fillUp(Scene scene, AsyncMap<String, byte[]> map, Flood flood) {
    long entries = 3L * (NODE_MIB << 20) / VALUE_BYTES;
    scene.struck("2 x the memory of all nodes is written: " + Screen.grouped(entries));
    flood.write(entries, IN_FLIGHT);
    scene.note("written: " + flood.ends());
    String refusal = GridMemoryExceededException.class.getSimpleName();
    scene.demand(
        flood.ends().keySet().equals(Set.of("done", refusal)),
        "writes were accepted, or refused with " + refusal + ": " + flood.ends());
    long found = Remote.await(map.size());
    scene.demand(
        found == flood.done(), Screen.grouped(found) + " entries are there, as many as accepted");
    Remote.await(map.clear());
    scene.note("the map cleared");
    Flood again = new Flood(map, VALUE_BYTES);
    again.write(AGAIN, IN_FLIGHT);
    scene.demand(again.done() == AGAIN, "writes are accepted again: " + again.ends());
  }
}
