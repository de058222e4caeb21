package io.shardgrid.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.fuzz.Parts;
import io.shardgrid.fuzz.Relay;
import io.shardgrid.link.ClusterSecret;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.WireFormat;
import io.shardgrid.wire.replica.ReplicaMessage.AppendAck;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of links, which fuzzing begins with. */
final class RecordedLinkTest {

  private static final ClusterSecret SECRET = new ClusterSecret("the secret of the cluster");

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isAHandshakeAndBatchesBothWays(boolean hasSecret) throws Exception {
    LinkSecurity security = hasSecret ? new LinkSecurity(null, SECRET) : LinkSecurity.NONE;
    int number = hasSecret ? 1 : 0;
    try (Peer first = Peer.start(1, "127.0.0.1", security);
        Peer second = Peer.start(2, "127.0.0.1", security)) {
      try (Relay relay = Relay.to(first.links.port())) {
        talk(second, first, relay);
        Relay.record("AcceptedLinkTarget", "" + number, input(number, relay.fromClient()));
      }
    }
    try (Peer first = Peer.start(1, "127.0.0.1", security);
        Peer second = Peer.start(2, "127.0.0.1", security)) {
      try (Relay relay = Relay.to(second.links.port())) {
        talk(first, second, relay);
        Relay.record("OpenedLinkTarget", "" + number, input(number, relay.fromServer()));
      }
    }
  }

  private static byte[] input(int first, byte[] said) {
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    input.write(first);
    input.writeBytes(Parts.join(Parts.fromLengths(said)));
    return input.toByteArray();
  }

  private static void talk(Peer opener, Peer acceptor, Relay relay) throws Exception {
    opener.links.connect(acceptor.id, relay.port());
    opener.awaitEvent("opened " + acceptor.id);
    List<Request> requests =
        List.of(Peer.get("a"), Peer.put(new byte[] {4, 5}), new Request.Scan(0, 5, true));
    for (int i = 0; i < requests.size(); i++) {
      opener.links.send(acceptor.id, Peer.operation(i + 1, requests.get(i)));
    }
    for (int i = 0; i < requests.size(); i++) {
      opener.awaitAnswer();
    }
    opener.links.send(acceptor.id, new AppendAck(3, 1L << 32, 9, false, 9, 5));
    assertThat(acceptor.said.poll(20, TimeUnit.SECONDS)).isNotNull();
    assertThat(types(relay.fromClient())).contains(WireFormat.HELLO, WireFormat.OPERATIONS);
    assertThat(types(relay.fromServer())).contains(WireFormat.WELCOME, WireFormat.ANSWERS);
  }

  private static List<Integer> types(byte[] said) {
    return Parts.fromLengths(said).stream().map(frame -> (int) frame[0]).toList();
  }
}
