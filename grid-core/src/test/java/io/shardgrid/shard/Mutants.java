package io.shardgrid.shard;

import java.util.List;
import java.util.stream.Stream;

/** The rules of the protocol, each broken once. */
final class Mutants {

  private static final List<Mutant> ALL =
      Stream.of(
              ReplicaMutants.ALL,
              CopyMutants.ALL,
              RuleMutants.ALL,
              StoreMutants.ALL,
              AuthorityMutants.ALL)
          .flatMap(List::stream)
          .toList();

  private Mutants() {}

  static List<Mutant> all() {
    return ALL;
  }
}
