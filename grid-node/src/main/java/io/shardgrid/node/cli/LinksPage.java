package io.shardgrid.node.cli;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/** What a node's {@code /links} page says. Immutable. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LinksPage(List<Lane> sent) {

  public LinksPage {
    sent = List.copyOf(sent);
  }

  /** What was sent of one kind: so many frames, with so many messages, in so many bytes. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Lane(String name, long frames, long items, long bytes) {

    /** Nothing. */
    public static Lane none(String name) {
      return new Lane(name, 0, 0, 0);
    }

    /** The sum of both. */
    public Lane plus(Lane other) {
      return new Lane(name, frames + other.frames, items + other.items, bytes + other.bytes);
    }

    /** What has come since an earlier one. */
    public Lane since(Lane earlier) {
      return new Lane(name, frames - earlier.frames, items - earlier.items, bytes - earlier.bytes);
    }
  }

  /**
   * Asks a node.
   *
   * @param node address of its HTTP server, host:port
   * @throws CommandException when it does not answer
   */
  public static LinksPage fetch(String node) {
    return AdminPage.parse(AdminPage.get(node, "/links"), LinksPage.class);
  }

  /** What was sent of this kind. */
  public Lane lane(String name) {
    return sent.stream()
        .filter(lane -> lane.name().equals(name))
        .findFirst()
        .orElseGet(() -> Lane.none(name));
  }
}
