package io.shardgrid.node.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a node listens, as it tells programs that started it: in one line, as {@code ready name=a
 * resp=127.0.0.1:7171 http=127.0.0.1:8171 peer=127.0.0.1:9171 cluster=127.0.0.1:10171}. Immutable.
 *
 * @param name what its operator calls it
 * @param resp address of the RESP server
 * @param http address of the HTTP server
 * @param peer address of the peer links
 * @param cluster address of the cluster protocol, which seeds name
 */
public record NodeAddresses(String name, String resp, String http, String peer, String cluster) {

  private static final Pattern LINE =
      Pattern.compile(
          "(?<event>up|ready) name=(?<name>.*) resp=(?<resp>\\S+) http=(?<http>\\S+)"
              + " peer=(?<peer>\\S+) cluster=(?<cluster>\\S+)");

  /** How far the node has come. */
  public enum Event {
    /** A member of its cluster; seeds may name it. */
    UP,
    /** It serves. */
    READY;

    private String word() {
      return this == UP ? "up" : "ready";
    }
  }

  /** The line that tells of an event. */
  public String line(Event event) {
    return "%s name=%s resp=%s http=%s peer=%s cluster=%s"
        .formatted(event.word(), name, resp, http, peer, cluster);
  }

  /** The addresses, if this is a line that tells of the event. */
  public static Optional<NodeAddresses> parse(Event event, String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches() || !matcher.group("event").equals(event.word())) {
      return Optional.empty();
    }
    return Optional.of(
        new NodeAddresses(
            matcher.group("name"),
            matcher.group("resp"),
            matcher.group("http"),
            matcher.group("peer"),
            matcher.group("cluster")));
  }
}
