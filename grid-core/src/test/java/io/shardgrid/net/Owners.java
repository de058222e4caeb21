package io.shardgrid.net;

import io.shardgrid.fuzz.Parts;
import io.shardgrid.key.Charter;
import io.shardgrid.key.NodeId;
import io.shardgrid.link.ClusterSecret;
import io.shardgrid.link.LinkSettings;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Owners of links of which only what they hear is wanted. */
final class Owners {

  static final NodeId SELF = new NodeId("127.0.0.1", 10171, 1);
  static final NodeId OTHER = new NodeId("127.0.0.1", 10171, 2);

  private Owners() {}

  /** What comes by the link: frames behind their lengths, or bytes as they are. */
  static byte[] said(byte[] input) {
    byte[] said = Arrays.copyOfRange(input, 1, input.length);
    return (input[0] & 2) == 0 ? Parts.behindLengths(Parts.of(said)) : said;
  }

  static LinkOwner owner(PeerListener listener, @Nullable ClusterSecret secret, int frameBytesMax) {
    LinkSettings settings =
        new LinkSettings(
            frameBytesMax / 2,
            frameBytesMax,
            1 << 20,
            1000,
            1 << 20,
            Duration.ofSeconds(5),
            Duration.ofMillis(1),
            Duration.ofMillis(50),
            Duration.ofMillis(500),
            Duration.ofSeconds(10));
    return new LinkOwner(
        new Charter("test", 16, 1, 42),
        SELF,
        settings,
        listener,
        new LinkCounters(() -> 0),
        new LinkSecurity(null, secret));
  }
}
