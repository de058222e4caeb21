package io.shardgrid.node.fuzz;

import io.shardgrid.fuzz.Fuzzing;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes from outside to a standalone node, made up: see the page on fuzzing. */
final class NodeFuzzTest {

  @ParameterizedTest
  @CsvSource({
    "resp.SessionTarget, 1000",
    "admin.HttpTarget, 1500",
    "backup.ShardFileTarget, 3000",
    "backup.ManifestTarget, 2000",
    "telemetry.LogLineTarget, 5000",
    "NodeSettingsTarget, 300"
  })
  void takesOrRefuses(String target, long executions) throws Exception {
    Fuzzing.fuzz("io.shardgrid.node." + target, executions);
  }
}
