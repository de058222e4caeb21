package io.shardgrid.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class NodeAddressesTest {

  private static final NodeAddresses NODE =
      new NodeAddresses("my node", "h:1", "h:2", "h:3", "h:4");

  @Test
  void isOneLineThatProgramsRead() {
    assertThat(NODE.line(NodeAddresses.Event.READY))
        .isEqualTo("ready name=my node resp=h:1 http=h:2 peer=h:3 cluster=h:4");
  }

  @Test
  void isReadBackFromItsLine() {
    for (NodeAddresses.Event event : NodeAddresses.Event.values()) {
      assertThat(NodeAddresses.parse(event, NODE.line(event))).contains(NODE);
    }
  }

  @Test
  void isNotReadFromAnotherLine() {
    String up = NODE.line(NodeAddresses.Event.UP);

    assertThat(NodeAddresses.parse(NodeAddresses.Event.READY, up)).isEmpty();
    assertThat(NodeAddresses.parse(NodeAddresses.Event.UP, "log: " + up)).isEmpty();
    assertThat(NodeAddresses.parse(NodeAddresses.Event.UP, "")).isEmpty();
  }
}
