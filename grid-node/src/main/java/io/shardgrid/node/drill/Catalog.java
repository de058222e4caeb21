package io.shardgrid.node.drill;

import io.shardgrid.node.network.BreakableNetwork.Scope;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All drills there are, by number. Stateless. */
final class Catalog {

  private Catalog() {}

  /** The drills by number; some numbers have more than one. */
  static List<Drill> all() {
    return Stream.of(
            new KillNode(),
            new KillAuthority(),
            new KillBackup(),
            new PausePrimary(),
            new Partition(),
            new BrokenPair(Scope.PEER_LINKS),
            new BrokenPair(Scope.ALL),
            new SlowLink(),
            new ScaleOut(),
            new Drain(),
            new KillInMigration(10, "source", "c"),
            new KillInMigration(11, "target", "d"),
            new KillInMigration(12, "authority", "a"),
            new DamagedChunk(),
            new RollingRestart(),
            new Overload(),
            new MemoryLimit(true),
            new MemoryLimit(false),
            new KillTwo(2),
            new KillTwo(1),
            new KillAutoscaler(18),
            new KillAutoscaler(19),
            new Penetration(),
            new Stampede(),
            new StalledStore(true),
            new StalledStore(false),
            new RestartedStore())
        .sorted(Comparator.comparingInt(Drill::number))
        .toList();
  }

  /** Those with this number, empty if there are none. */
  static List<Drill> numbered(int number) {
    return all().stream().filter(drill -> drill.number() == number).toList();
  }
}
