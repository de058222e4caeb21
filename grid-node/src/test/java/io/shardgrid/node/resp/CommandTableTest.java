package io.shardgrid.node.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CommandTableTest {

  /** What the documentation promises. */
  private static final String PROMISED =
      """
      PING HELLO AUTH ECHO SELECT QUIT CLIENT INFO COMMAND CONFIG READONLY READWRITE ASKING
      GET SET SETNX GETDEL GETEX MGET MSET DEL UNLINK EXISTS EXPIRE PEXPIRE TTL PTTL PERSIST
      INCR DECR INCRBY DECRBY APPEND STRLEN TYPE DBSIZE SCAN FLUSHALL CLUSTER
      GRID.GET GRID.SET GRID.DEL GRID.EXISTS GRID.SCAN GRID.SIZE GRID.CLEAR GRID.TTL GRID.EXPIRE
      GRID.INCRBY GRID.HELLO GRID.OP GRID.PLACEMENT
      """;

  private static @Nullable CommandSpec find(String name) {
    return CommandTable.get().find(name.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void knowsWhatIsPromised() {
    for (String name : PROMISED.trim().split("\\s+")) {
      assertThat(find(name))
          .as(name)
          .extracting(CommandSpec::name)
          .isEqualTo(name.toLowerCase(Locale.ROOT));
      assertThat(find(name)).isSameAs(find(name.toLowerCase(Locale.ROOT)));
    }
  }

  @Test
  void knowsEachCommandOnceAndNothingElse() {
    List<String> names = CommandTable.get().all().stream().map(CommandSpec::name).toList();
    assertThat(names).doesNotHaveDuplicates();
    assertThat(find("")).isNull();
    assertThat(find("GETS")).isNull();
    assertThat(find("GE\u0014")).isNull();
  }

  @Test
  void wantsTheKeysThatItTells() {
    for (CommandSpec command : CommandTable.get().all()) {
      int fewest = Math.abs(command.arity());
      assertThat(command.keys().first()).as(command.name()).isLessThan(fewest);
      assertThat(command.takes(fewest)).isTrue();
      assertThat(command.takes(fewest - 1)).isFalse();
      assertThat(command.takes(fewest + 1)).isEqualTo(command.arity() < 0);
    }
  }
}
