package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.node.cli.NodeAddresses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules by command, as the executable jar has their engine. */
final class RuleProcessIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path MODULE = Path.of("src", "examples", "rules", "c", "fraud.wasm");

  @Test
  void loadsCallsAndDrops() throws Exception {
    try (Program node = Program.startNode("--found")) {
      NodeAddresses addresses = node.awaitReady();
      String http = addresses.http();
      assertThat(said(http, "rule", "load", "fraud", MODULE.toString()))
          .anyMatch(line -> line.contains("validate_transaction (i64 i32) -> (i32)"));
      assertThat(said(http, "rule", "show", "fraud"))
          .contains("engine     compiler", "problem    none");
      assertThat(said(addresses.resp(), call("fraud.spend", "1000", "5000")))
          .containsExactly("4000");
      Program.End refused = end(addresses.resp(), call("fraud.spend", "9000", "5000"));
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err()).anyMatch(line -> line.contains("reason=beyond the limit"));
      assertThat(said(addresses.resp(), "get", "accounts", "4711")).containsExactly("1000");

      assertThat(said(http, "rule", "drop", "fraud")).containsExactly("Dropped fraud.");
      assertThat(end(http, "rule", "show", "fraud").code()).isEqualTo(1);
    }
  }

  private static String[] call(String rule, String... arguments) {
    List<String> all = new ArrayList<>(List.of("rule", "call", "accounts", "4711", rule));
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }

  private static List<String> said(String address, String... words) throws Exception {
    Program.End end = end(address, words);
    assertThat(end.code()).as("%s %s", end.out(), end.err()).isZero();
    return end.out();
  }

  private static Program.End end(String address, String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--node", address));
    try (Program program = Program.start(all.toArray(String[]::new))) {
      return program.awaitEnd(PATIENCE);
    }
  }
}
