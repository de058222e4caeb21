package io.shardgrid.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.InvalidRuleException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Modules are taken, or refused by an error that says what is wrong. */
final class RuleModuleTest {

  private static final String HEADER = "0061736d01000000";
  private static final RuleSettings SETTINGS = Rules.settings();

  @Test
  void tellsHashAndFunctions() {
    RuleModule module = RuleModule.of(Rules.module("state"), SETTINGS);
    assertThat(module.hash()).matches("[0-9a-f]{64}");
    assertThat(module.hash()).isEqualTo(RuleModule.hashOf(Rules.module("state")));
    assertThat(module.bytes()).isEqualTo(Rules.module("state").length);
    assertThat(module.functions())
        .extracting(RuleFunction::toString)
        .contains("edge(i32) -> (i64)", "global() -> (i32)")
        .isSorted();
  }

  @Test
  void tellsWhichFunctionsCanBeCalled() {
    RuleModule module = RuleModule.of(Rules.module("limits"), SETTINGS);
    assertThat(module.functions())
        .filteredOn(function -> !function.isCallable())
        .extracting(RuleFunction::name)
        .containsExactly("float", "two_results");
  }

  @ParameterizedTest
  @CsvSource({
    "memory_large, grid.rule.memory-pages-max: pages=257",
    "table_large, grid.rule.table-elements-max: elements=10001",
    "import_foreign, wasi_snapshot_preview1.fd_write",
    "import_unknown, grid.exec",
    "import_types, wanted=() -> (i32)",
    "import_memory, grid.memory",
    "import_global, grid.key_len",
    "vectors, V128",
    "tail_call, RETURN_CALL",
    "atomics, shared",
    "exceptions, section 13",
    "offset, beyond 2 GiB"
  })
  void refusesWhatRulesMayNotHave(String name, String words) {
    assertRefused(Rules.module("bad_" + name), words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // What announces more than it has: each would be an allocation of gigabytes.
        "0106 ffffffff0f 60 | types",
        "0107 01 60 ffffffff0f | parameters",
        "0208 01 ffffff7f 61 62 63 | bytes of a name",
        "0305 ffffffff07 | functions",
        "0a06 ffffffff0f 00 | function bodies",
        "0b06 01 01 ffffff7f | bytes of a data segment",
        "0907 01 01 00 ffffff7f | elements",
        "000c 04 6e616d65 01 05 ffffffff0f | malformed",
        // And locals that take two bytes each to announce.
        "0104 01 60 00 00 0302 01 00 0a0a 01 08 01 ffffffff0f 7f 0b | locals",
        "0104 01 60 00 00 0302 01 00 0a08 01 06 01 a08d06 7f 0b | locals",
        "0d01 00 | section 13",
        "01 | it ends too early",
        "0102 | bytes of section 1",
        "0180808080808000 | more than 5 bytes",
        "0105 01 5f 00 00 00 | no function's",
        "0104 01 60 01 7b | 0x7b",
        "0503 01 03 01 | flags=3",
        "0504 01 01 02 01 | out of order",
        "0604 01 7f 00 10 | not allowed in a constant",
        "0102 00 00 | behind its end"
      })
  void refusesWhatIsMalformed(String sections, String words) {
    byte[] bytes = HexFormat.of().parseHex(HEADER + sections.replace(" ", ""));
    if (words.equals("malformed")) {
      // A section of names that is damaged costs the names only.
      assertThat(RuleModule.of(bytes, SETTINGS).functions()).isEmpty();
    } else {
      assertRefused(bytes, words);
    }
  }

  @Test
  void refusesWhatIsNoModule() {
    assertRefused(new byte[0], "no WebAssembly module");
    assertRefused("#!/bin/sh".getBytes(java.nio.charset.StandardCharsets.UTF_8), "no WebAssembly");
    assertRefused(HexFormat.of().parseHex("0061736d0d000100"), "version 1");
    byte[] whole = Rules.module("host");
    assertRefused(Arrays.copyOf(whole, whole.length / 2), "malformed");
  }

  @Test
  void refusesWhatIsTooLong() {
    byte[] whole = Rules.module("host");
    assertThatThrownBy(() -> RuleModule.of(whole, Rules.settings("module-bytes-max = 1 KiB")))
        .isInstanceOf(InvalidRuleException.class)
        .hasMessageContaining("grid.rule.module-bytes-max: bytes=" + whole.length + ", max=1024");
  }

  @ParameterizedTest
  @CsvSource({
    "start_loop, grid.rule.time-limit",
    "initialize_loop, grid.rule.time-limit",
    "start_trap, unreachable",
    "start_host, outside of a call",
    "start_deep, grid.rule.stack-bytes",
    "data_outside, outside of the memory",
    "elements_outside, out of bounds"
  })
  void refusesWhatDoesNotBegin(String name, String words) {
    for (RuleEngineKind kind : RuleEngineKind.values()) {
      String[] limits = {"time-limit = 50 ms", "instructions-max = 1000000000000"};
      try (Rules rules = Rules.with(kind, limits)) {
        assertThatThrownBy(() -> rules.load("bad_" + name))
            .isInstanceOf(InvalidRuleException.class)
            .hasMessageContaining("does not begin")
            .hasMessageContaining(words);
        assertThat(rules.engine().figures().invalid()).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesAnyModuleOfTheTestsInBothEngines(RuleEngineKind kind) {
    try (Rules rules = Rules.with(kind)) {
      for (String name : new String[] {"limits", "host", "state", "drop"}) {
        assertThat(rules.load(name).engine()).isEqualTo(kind);
      }
    }
  }

  private static void assertRefused(byte[] bytes, String words) {
    assertThatThrownBy(() -> RuleModule.of(bytes, SETTINGS))
        .isInstanceOf(InvalidRuleException.class)
        .hasMessageContaining(words);
  }
}
