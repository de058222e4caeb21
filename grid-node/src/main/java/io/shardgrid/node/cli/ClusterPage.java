package io.shardgrid.node.cli;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a node's {@code /cluster} page says. Immutable.
 *
 * @param cluster name of the cluster
 * @param node name of the member that answers
 * @param shards number of its shards
 * @param lostShards shards whose last copy is gone
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClusterPage(
    String cluster, String node, int shards, List<Integer> lostShards, List<Member> members) {

  public ClusterPage {
    lostShards = List.copyOf(lostShards);
    members = List.copyOf(members);
  }

  /**
   * One member.
   *
   * @param weight its share of the data relative to the others
   * @param isAnswering false if its figures are missing
   * @param shards shards that it owns
   * @param backups shards of which it keeps a backup
   * @param entries entries of these shards
   * @param bytes bytes of these entries
   * @param reservedBytes bytes of memory that its tables take
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Member(
      String name,
      String host,
      Ports ports,
      int weight,
      String standing,
      boolean isAnswering,
      int shards,
      int backups,
      long entries,
      long bytes,
      long reservedBytes) {}

  /** The ports of a member, 0 where it has none. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Ports(int resp, int http, int peer, int cluster) {}

  /**
   * Asks a node.
   *
   * @param node address of its HTTP server, host:port
   * @throws CommandException when it does not answer
   */
  public static ClusterPage fetch(String node) {
    return parse(fetchText(node));
  }

  /**
   * The HTTP address of a member.
   *
   * @param name its name; null for the one that is asked
   * @param asked address of the HTTP server of a member
   * @throws CommandException if there is no such member, or it has no HTTP server
   */
  static String httpAddress(@Nullable String name, String asked) {
    return name == null ? asked : fetch(asked).httpAddress(name);
  }

  /**
   * The member with this name.
   *
   * @throws CommandException if there is none
   */
  Member require(String name) {
    return members.stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.USAGE,
                    "NODE: there is no such member: found="
                        + name
                        + ", members="
                        + members.stream().map(Member::name).toList()));
  }

  /** The HTTP address of the member with this name. */
  String httpAddress(String name) {
    Member member = require(name);
    if (member.ports().http() == 0) {
      throw new CommandException(
          ExitCode.USAGE, "NODE: the member is embedded and has no HTTP server: found=" + name);
    }
    return member.host() + ":" + member.ports().http();
  }

  /** The page as the node sent it. */
  static String fetchText(String node) {
    return AdminPage.get(node, "/cluster");
  }

  static ClusterPage parse(String text) {
    return AdminPage.parse(text, ClusterPage.class);
  }

  /** Whether no shard is lost and every member answers. */
  boolean isWhole() {
    return lostShards.isEmpty() && members.stream().allMatch(Member::isAnswering);
  }

  /** How it is, in a few words. */
  String verdict() {
    long silent = members.stream().filter(member -> !member.isAnswering()).count();
    int placed = members.stream().mapToInt(Member::shards).sum();
    if (!lostShards.isEmpty()) {
      return "DATA IS LOST, in " + lostShards.size() + " of " + shards + " shards";
    }
    if (silent > 0) {
      return silent + " of " + members.size() + " members do not answer";
    }
    return placed == shards
        ? "all members answer, all shards are served"
        : placed + " of " + shards + " shards are served at this moment";
  }

  /** Entries of all members that answer. */
  public long entries() {
    return members.stream().mapToLong(Member::entries).sum();
  }

  /** A table for people: a heading, a line a member, the totals. */
  public List<String> table() {
    List<String> table = new ArrayList<>();
    int width = members.stream().mapToInt(member -> member.name().length()).max().orElse(0);
    String form = "%-" + Math.max(8, width) + "s  %-21s  %-11s %6s %7s %7s %13s %11s %11s";
    table.add(
        row(
            form,
            "NODE",
            "CLUSTER ADDRESS",
            "STANDING",
            "WEIGHT",
            "SHARDS",
            "BACKUPS",
            "ENTRIES",
            "LIVE",
            "TAKEN"));
    for (Member member : members) {
      table.add(
          row(
              form,
              member.name(),
              member.host() + ":" + member.ports().cluster(),
              member.isAnswering() ? member.standing() : "no answer",
              member.weight(),
              member.shards(),
              member.backups(),
              Screen.grouped(member.entries()),
              Screen.bytes(member.bytes()),
              Screen.bytes(member.reservedBytes())));
    }
    table.add(
        row(
            form,
            "total",
            "",
            "",
            "",
            members.stream().mapToInt(Member::shards).sum() + "/" + shards,
            members.stream().mapToInt(Member::backups).sum(),
            Screen.grouped(entries()),
            Screen.bytes(members.stream().mapToLong(Member::bytes).sum()),
            Screen.bytes(members.stream().mapToLong(Member::reservedBytes).sum())));
    return table;
  }

  private static String row(String form, Object... cells) {
    return String.format(Locale.ROOT, form, cells);
  }
}
