package io.shardgrid.node.resp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** {@code GRID.RULE}, over a socket, above rules that have no engine. */
@TestInstance(Lifecycle.PER_CLASS)
final class RuleCommandsTest {

  private static final String MODULE = "\0asm and more";

  private RespFixture fixture;
  private RespClient client;

  @BeforeAll
  void start() {
    fixture = RespFixture.serving();
    client = fixture.client();
  }

  @AfterAll
  void stop() {
    client.close();
    fixture.close();
  }

  @Test
  void loadsListsCallsAndDrops() {
    assertThat(client.ask("GRID.RULE", "LIST")).isEqualTo("[]");
    assertThat(client.ask("GRID.RULE", "LOAD", "swap", MODULE)).startsWith("['name' 'swap' ");
    assertThat(client.ask("grid.rule", "list")).contains("'name' 'swap'", "'bytes' 13");

    assertThat(client.ask("GRID.RULE", "CALL", "m", "k", "swap", "one")).isEqualTo("0");
    assertThat(client.ask("GRID.RULE", "CALL", "m", "k", "swap.again", "two")).isEqualTo("'one'");
    assertThat(client.ask("GRID.RULE", "CALL", "m", "k", "swap")).isEqualTo("'two'");
    assertThat(client.ask("GRID.GET", "m", "k")).isEqualTo("'two'");

    assertThat(client.ask("GRID.RULE", "RELEASE", "swap")).isEqualTo("1");
    assertThat(client.ask("GRID.RULE", "DROP", "swap")).isEqualTo("1");
    assertThat(client.ask("GRID.RULE", "DROP", "swap")).isEqualTo("0");
    assertThat(client.ask("GRID.RULE", "CALL", "m", "k", "swap", "x"))
        .contains("There is no such rule");
    assertThat(client.ask("GRID.GET", "m", "k")).isEqualTo("'two'");
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(client.ask("GRID.RULE", "LOAD", "no name", MODULE))
        .startsWith("-ERR A rule's name has 1 to 64 letters");
    assertThat(client.ask("GRID.RULE", "LOAD", "bad", "text")).contains("no WebAssembly");
    assertThat(client.ask("GRID.RULE", "LOAD", "bad")).startsWith("-ERR GRID.RULE takes LOAD");
    assertThat(client.ask("GRID.RULE", "CALL", "m", "k")).startsWith("-ERR GRID.RULE takes LOAD");
    assertThat(client.ask("GRID.RULE", "CALL", "m", "k", "swap."))
        .startsWith("-ERR A rule is called as rule.function");
    assertThat(client.ask("GRID.RULE", "OTHER")).startsWith("-ERR GRID.RULE takes LOAD");
  }
}
