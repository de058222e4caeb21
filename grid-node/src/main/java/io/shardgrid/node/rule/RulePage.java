package io.shardgrid.node.rule;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.shardgrid.node.cli.AdminPage;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule as a node's {@code /rules} page tells it. Immutable. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RulePage(
    String name,
    String module,
    int bytes,
    long loadedAtMillis,
    List<String> functions,
    boolean changes,
    @Nullable String engine,
    @Nullable String problem) {

  /** What a change answers: whether there was such a rule. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Done(boolean done) {}

  public RulePage {
    functions = List.copyOf(functions);
  }

  /** All rules, as that node knows them. */
  static List<RulePage> all(String node) {
    return List.of(AdminPage.parse(AdminPage.get(node, "/rules"), RulePage[].class));
  }

  /** Has all nodes call a module by that name. */
  public static RulePage load(String node, String name, byte[] module) {
    return AdminPage.parse(
        AdminPage.post(node, "/rules/load?name=" + encoded(name), module), RulePage.class);
  }

  /**
   * Drops or releases a rule.
   *
   * @throws CommandException if there is none of this name
   */
  static void change(String node, String what, String name) {
    Done answer =
        AdminPage.parse(
            AdminPage.post(node, "/rules/" + what + "?name=" + encoded(name)), Done.class);
    if (!answer.done()) {
      throw missing(name);
    }
  }

  static CommandException missing(String name) {
    return new CommandException(ExitCode.FAILED, "There is no such rule: rule=" + name);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
