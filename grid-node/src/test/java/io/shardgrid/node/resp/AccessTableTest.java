package io.shardgrid.node.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.node.security.AccessDesk;
import io.shardgrid.node.security.MarkedTable;
import io.shardgrid.node.security.Need;
import io.shardgrid.node.security.SampleUsers;
import io.shardgrid.wire.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tries every command as every kind of client, and holds the page about security to it. */
@Timeout(60)
final class AccessTableTest {

  private static final List<String> USERS = List.of("reader", "writer", "clerk", "admin");

  /** Arguments of commands that want more than keys. */
  private static final Map<String, List<Object>> ARGUMENTS =
      Map.of(
          "client", List.of("ID"),
          "config", List.of("GET", "port"),
          "cluster", List.of("MYID"),
          "grid.hello", List.of(7, WireFormat.VERSION),
          "expire", List.of("k", 10),
          "pexpire", List.of("k", 10),
          "incrby", List.of("n", 1),
          "decrby", List.of("n", 1),
          "scan", List.of(0));

  /** What needs more when it is given like this. */
  private static final List<List<Object>> SPECIAL =
      List.of(
          List.of("client", "LIST"),
          List.of("set", "k", "v", "GET"),
          List.of("grid.set", "m", "k", "v", "GET"),
          List.of("flushall", "ALL"));

  private static List<Object> words(CommandSpec command) {
    List<Object> words = new ArrayList<>(List.of(command.name()));
    String plain = command.name().startsWith("grid.") ? command.name().substring(5) : "";
    if (command.firstArgument() == 2) {
      words.add("m");
    }
    List<Object> given = ARGUMENTS.getOrDefault(command.name(), ARGUMENTS.get(plain));
    if (given != null) {
      words.addAll(given);
    }
    while (words.size() < Math.abs(command.arity())) {
      words.add(
          command.name().equals("grid.op") ? "" : command.name().equals("select") ? "0" : "n");
    }
    return words;
  }

  private static String outcome(String reply) {
    if (reply.startsWith("-NOAUTH")) {
      return "NOAUTH";
    } else if (reply.startsWith("-NOPERM")) {
      return "NOPERM";
    } else if (reply.startsWith("-WRONGPASS")) {
      return "WRONGPASS";
    }
    return "runs";
  }

  /** The reply on a connection of its own, as this user, or nobody if there is none. */
  private static String tried(
      RespFixture fixture, String user, String password, List<Object> words) {
    try (RespClient client = fixture.client()) {
      if (!user.isEmpty()) {
        client.ask("AUTH", user, password);
      }
      return outcome(client.ask(words.toArray()));
    }
  }

  @Test
  void doesWhatThePageSays() throws IOException {
    List<List<Object>> all = new ArrayList<>();
    CommandTable.get().all().forEach(command -> all.add(words(command)));
    all.addAll(SPECIAL);
    List<List<String>> rows = new ArrayList<>();
    try (AccessDesk desk = SampleUsers.desk();
        RespFixture fixture = RespFixture.knowing(desk);
        RespClient wrong = fixture.client()) {
      assertThat(outcome(wrong.ask("AUTH", "reader", "wrong"))).isEqualTo("WRONGPASS");
      for (List<Object> words : all) {
        List<String> row = new ArrayList<>(List.of("`" + shown(words) + "`", need(words).words()));
        row.add(tried(fixture, "", "", words));
        row.add(
            need(words) == Need.NOTHING
                ? tried(fixture, "reader", "wrong", words)
                : outcome(wrong.ask(words.toArray())));
        for (String user : USERS) {
          row.add(tried(fixture, user, SampleUsers.PASSWORD, words));
        }
        assertHonest(words, row);
        rows.add(row);
      }
    }
    MarkedTable.check(
        "commands",
        List.of(
            "command", "needs", "no login", "wrong password", "reader", "writer", "clerk", "admin"),
        rows);
  }

  private static String shown(List<Object> words) {
    String name = words.get(0).toString();
    boolean isSpecial = SPECIAL.contains(words);
    return isSpecial ? name + " .. " + words.get(words.size() - 1) : name;
  }

  private static Need need(List<Object> words) {
    byte[][] args =
        words.stream()
            .map(word -> word.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    return CommandRights.of(words.get(0).toString()).of(args);
  }

  /**
   * Whatever the page says: without a login nothing runs but logins, and an administrator may all.
   */
  private static void assertHonest(List<Object> words, List<String> row) {
    if (need(words) != Need.NOTHING) {
      assertThat(row.subList(2, 4)).as(row.get(0)).containsOnly("NOAUTH");
    }
    assertThat(row.get(7)).as(row.get(0)).isNotEqualTo("NOPERM");
  }

  @Test
  void hasDecidedOnEveryCommand() {
    for (CommandSpec command : CommandTable.get().all()) {
      assertThat(CommandRights.isDecided(command.name())).as(command.name()).isTrue();
    }
    assertThat(CommandRights.of("a command of tomorrow").of(new byte[0][])).isEqualTo(Need.ADMIN);
  }
}
