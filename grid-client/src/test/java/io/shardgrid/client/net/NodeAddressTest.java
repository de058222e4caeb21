package io.shardgrid.client.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.GridConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of nodes as texts. */
final class NodeAddressTest {

  @Test
  void readsHostAndPort() {
    assertThat(NodeAddress.parse("127.0.0.1:7171")).isEqualTo(new NodeAddress("127.0.0.1", 7171));
    assertThat(NodeAddress.parse("node-a.grid:1")).isEqualTo(new NodeAddress("node-a.grid", 1));
    assertThat(NodeAddress.parse("[::1]:65535")).isEqualTo(new NodeAddress("::1", 65_535));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:7171", "[::1]:65535"})
  void isShownAsItIsRead(String text) {
    assertThat(NodeAddress.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "host",
        ":7171",
        "host:",
        "host:0",
        "host:65536",
        "host:-1",
        "host:x",
        "host:+1",
        "a b:1",
        "::1:7171",
        "redis://host:7171",
        "[]:1",
        "host:123456"
      })
  void refusesWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> NodeAddress.parse(text))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContainingAll("grid.client.seeds", "host:port", "found=" + text);
  }
}
