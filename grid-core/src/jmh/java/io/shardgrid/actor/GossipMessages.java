package io.shardgrid.actor;

import io.shardgrid.figures.Amounts;
import io.shardgrid.figures.Effort;
import io.shardgrid.figures.MarkdownTable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.cluster.Gossip;
import org.apache.pekko.cluster.GossipEnvelope;
import org.apache.pekko.cluster.GossipStatus;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.VectorClock;
import org.apache.pekko.cluster.protobuf.ClusterMessageSerializer;
import org.apache.pekko.util.Version;
import scala.jdk.javaapi.CollectionConverters;

/** The gossip of a large cluster, as Pekko itself writes and reads it. */
final class GossipMessages {

  private static final int PORT = 10_171;
  private static final long SEED = 1;

  private final ClusterMessageSerializer serializer;
  private final List<UniqueAddress> addresses = new ArrayList<>();
  private Gossip base = Gossip.empty();

  GossipMessages(ExtendedActorSystem system, int nodes) {
    this.serializer = new ClusterMessageSerializer(system);
    Random random = new Random(SEED);
    for (int number = 0; number < nodes; number++) {
      String host = "10.0.%d.%d".formatted(number / 256, number % 256);
      UniqueAddress address =
          UniqueAddress.apply(new Address("pekko", Reach.SYSTEM, host, PORT), random.nextLong());
      addresses.add(address);
      base = base.$colon$plus(member(address, number));
    }
    for (UniqueAddress address : addresses) {
      base = base.seen(address);
    }
  }

  /** A member as a standalone node is one: with its name and the ports that it is told to have. */
  private static Member member(UniqueAddress address, int number) {
    Set<String> roles =
        new LinkedHashSet<>(
            List.of(
                Membership.GRID_ROLE,
                "name=node-%04d".formatted(number),
                "zone=zone-" + number % 3,
                "weight=1",
                "peer-port=9171",
                "resp-port=7171",
                "http-port=8171",
                "dc-default"));
    return new Member(
        address,
        number + 1,
        MemberStatus.up(),
        CollectionConverters.asScala(roles).toSet(),
        Version.Zero());
  }

  /** All of it, with so many entries in the vector clock. */
  private GossipEnvelope whole(int clockEntries) {
    return GossipEnvelope.apply(addresses.get(0), addresses.get(1), clocked(clockEntries));
  }

  private Gossip clocked(int clockEntries) {
    VectorClock clock = base.version();
    for (int entry = 0; entry < clockEntries; entry++) {
      clock = clock.$colon$plus(hash(addresses.get(entry)));
    }
    return base.copy(base.members(), base.overview(), clock, base.tombstones());
  }

  /** The key of a member's entry in the clock, as Pekko makes it. */
  private static String hash(UniqueAddress address) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      byte[] name = Gossip.vclockName(address).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(digest.digest(name));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  long wholeBytes(int clockEntries) {
    return serializer.toBinary(whole(clockEntries)).length;
  }

  long digestBytes(int clockEntries) {
    return serializer.toBinary(status(clockEntries)).length;
  }

  private GossipStatus status(int clockEntries) {
    Gossip gossip = clocked(clockEntries);
    return new GossipStatus(addresses.get(0), gossip.version(), gossip.seenDigest());
  }

  MarkdownTable measure(int rounds) {
    MarkdownTable table =
        new MarkdownTable("gossip", "bytes", "written in", "read in", "allocated by reading");
    int nodes = addresses.size();
    for (int entries : new int[] {1, 10, nodes / 2 + 1}) {
      row(table, "whole state, %d clock entries".formatted(entries), whole(entries), rounds);
    }
    row(table, "digest, 10 clock entries", status(10), rounds);
    return table;
  }

  private void row(MarkdownTable table, String what, Object message, int rounds) {
    byte[] bytes = serializer.toBinary(message);
    String manifest = serializer.manifest(message);
    Effort written = Effort.median(rounds, () -> () -> serializer.toBinary(message));
    Effort read = Effort.median(rounds, () -> () -> read(bytes, manifest));
    table.row(what, Amounts.count(bytes.length), written.time(), read.time(), read.bytes());
  }

  /** The state in an envelope is read only when somebody asks for it. */
  private void read(byte[] bytes, String manifest) {
    if (serializer.fromBinary(bytes, manifest) instanceof GossipEnvelope envelope) {
      envelope.gossip();
    }
  }
}
