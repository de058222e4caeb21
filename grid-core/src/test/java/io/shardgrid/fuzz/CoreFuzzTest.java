package io.shardgrid.fuzz;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes from outside to grid-core, made up: see the page on fuzzing. */
final class CoreFuzzTest {

  @ParameterizedTest
  @CsvSource({
    "wire.resp.RequestTarget, 6000",
    "wire.resp.ReplyTarget, 10000",
    "wire.WireTarget, 60000",
    "wire.replica.ReplicaMessageTarget, 40000",
    "shard.LearnerTarget, 5000",
    "net.AcceptedLinkTarget, 5000",
    "net.OpenedLinkTarget, 5000",
    "actor.ControlTarget, 3000",
    "map.CodecTarget, 20000",
    "rule.RuleModuleTarget, 3000",
    "rule.RuleEnginesTarget, 300",
    "GridSettingsTarget, 600"
  })
  void takesOrRefuses(String target, long executions) throws Exception {
    Fuzzing.fuzz("io.shardgrid." + target, executions);
  }
}
