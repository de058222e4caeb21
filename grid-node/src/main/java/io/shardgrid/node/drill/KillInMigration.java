package io.shardgrid.node.drill;

import io.shardgrid.node.cli.ClusterPage;

/**
 * A node crashes while shards are copied to one that joins. Immutable.
 *
 * @param part what the node has to do with the migration
 * @param victim its name: a is the authority and a source, d is the target, the others are sources
 */
record KillInMigration(int number, String part, String victim) implements Drill {

  private static final String TARGET = "d";

  @Override
  public String title() {
    return "the " + part + " of a migration crashes amid it (kill -9)";
  }

  @Override
  public String proves() {
    return "A crash amid moves of shards leads back to a cluster with all copies; nothing is lost or"
        + " done twice.";
  }

  @Override
  public Setup setup() {
    return Setup.SLOW_COPIES;
  }

  @Override
  public void strike(Scene scene) {
    scene.note("start of node " + TARGET);
    scene.join(TARGET);
    if (scene.await("some of the copies for node " + TARGET, KillInMigration::isAmid)) {
      scene.kill(victim);
      scene.awaitWhole(3);
    }
  }

  /** Whether the target has some, and less than half, of what it will get. */
  private static boolean isAmid(ClusterPage page) {
    return page.members().stream()
        .filter(member -> member.name().equals(TARGET))
        .mapToInt(member -> member.shards() + member.backups())
        .anyMatch(held -> held > 0 && held < page.shards() / 4);
  }
}
