package io.shardgrid.node.bench;

/** What a grid can do beside its operations, and what they pay for. */
enum Feature {
  /** Meters, read by somebody every five seconds. */
  METERS("meters"),
  /** One operation in a hundred is traced; spans go to this process. */
  TRACES("traces"),
  /** TLS between client and nodes, and between nodes on both of their ports. */
  TLS("TLS"),
  /** A user whose roles each operation is checked against. */
  USERS("users");

  private final String title;

  Feature(String title) {
    this.title = title;
  }

  /** What it is, for people. */
  String title() {
    return title;
  }
}
