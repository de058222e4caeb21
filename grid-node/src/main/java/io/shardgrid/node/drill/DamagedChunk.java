package io.shardgrid.node.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** Bits are flipped on the wire in what fills the copies for a node that joins. */
final class DamagedChunk implements Drill {

  private static final int BITS = 5;
  private static final String WORD = "A chunk of a copy was damaged";

  @Override
  public int number() {
    return 13;
  }

  @Override
  public String title() {
    return "chunks of copies are damaged on the wire, a bit flipped in each";
  }

  @Override
  public String proves() {
    return "Damage of a copy in transit is noticed and mended: no wrong entry is stored.";
  }

  @Override
  public Setup setup() {
    return Setup.SLOW_COPIES;
  }

  @Override
  public Ground ground() {
    return Ground.RELAY;
  }

  @Override
  public void strike(Scene scene) {
    scene.struck("start of node d; " + BITS + " bits are to be flipped");
    scene.relay().damage(Ballast.FILL, BITS);
    scene.awaitReady(scene.join("d"));
    scene.awaitBalanced(4);
    scene.demand(scene.relay().damaged() == BITS, "bits flipped: " + scene.relay().damaged());
    long seen = scene.serving().stream().mapToLong(node -> count(node.log())).sum();
    scene.demand(seen >= 1, "damaged chunks that were noticed and sent again: " + seen);
  }

  private static long count(java.nio.file.Path log) {
    try (var lines = Files.lines(log, StandardCharsets.UTF_8)) {
      return lines.filter(line -> line.contains(WORD)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
