package io.shardgrid.actor;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.shardgrid.figures.Amounts;
import io.shardgrid.figures.Effort;
import io.shardgrid.figures.MarkdownTable;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.member.Hearing;
import io.shardgrid.placement.InSyncRequest;
import io.shardgrid.placement.Memo;
import io.shardgrid.placement.NodeReport;
import io.shardgrid.placement.PauseMark;
import io.shardgrid.placement.Placed;
import io.shardgrid.placement.RegisterMessage;
import io.shardgrid.wire.PlacementCodec;
import io.shardgrid.wire.WireReader;
import io.shardgrid.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntToLongFunction;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;

/** How large control messages are in a large cluster, and what their bytes cost. */
public final class MessageScale implements AutoCloseable {

  private static final int PORTS = 10_171;
  private static final long SEED = 1;
  private static final int SEATS = 16;

  private final ActorTestKit kit;
  private final Serialization serialization;
  private final ActorRef<PlacementAuthority.Command> authority;

  /** Starts an actor system as a node has it, on loopback. */
  public MessageScale() {
    Config engine =
        ConfigFactory.parseResources("io/shardgrid/actor/engine.conf")
            .withFallback(ConfigFactory.defaultReference());
    this.kit =
        ActorTestKit.create(
            Reach.SYSTEM,
            ConfigFactory.parseString(
                    "pekko.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }")
                .withFallback(engine)
                .resolve());
    this.serialization = SerializationExtension.get(Adapter.toClassic(kit.system()));
    this.authority = kit.createTestProbe(PlacementAuthority.Command.class).getRef();
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }

  /** Bytes of a message of the placement's machines, in the envelope in which it travels. */
  public long size(Object message) {
    return bytes(enveloped(message)).length;
  }

  private Object enveloped(Object message) {
    NodeId node = new NodeId("10.0.3.77", PORTS, SEED);
    if (message instanceof RegisterMessage.Prepare prepare) {
      return new RegisterActor.Prepare(prepare, authority);
    } else if (message instanceof RegisterMessage.Accept accept) {
      return new RegisterActor.Accept(accept, authority);
    } else if (message instanceof RegisterMessage.Promise promise) {
      return new PlacementAuthority.Promised(node, promise);
    } else if (message instanceof RegisterMessage.Accepted accepted) {
      return new PlacementAuthority.AcceptedBy(node, accepted);
    } else if (message instanceof RegisterMessage.Refused refused) {
      return new PlacementAuthority.RefusedBy(node, refused);
    } else if (message instanceof Placed placed) {
      return new ShardHost.PlacedBy(placed, authority);
    } else if (message instanceof NodeReport report) {
      return new PlacementAuthority.Reported(report);
    }
    throw new IllegalArgumentException("no such message: type=" + message.getClass());
  }

  private byte[] bytes(Object message) {
    return serialization.serialize(message).get();
  }

  /** Sizes and costs of the messages of which there are most, and of the largest. */
  public MarkdownTable measure(int nodes, int shards, int rounds) {
    WholeTable all = new WholeTable(nodes, shards, 2, SEED);
    MarkdownTable table =
        new MarkdownTable("message", "bytes", "written in", "read in", "allocated by reading");
    NodeId self = all.nodes().get(0);
    row(
        table,
        "Ping",
        new PeerWatch.Ping(self, 1L << 50, new Hearing(Set.of(), Set.of(), null)),
        rounds);
    row(table, "Echo", new PeerWatch.Echo(self, 1L << 50), rounds);
    row(table, "Suspected", new PlacementAuthority.Suspected(self, all.nodes().get(1)), rounds);
    row(table, "Reported, %d seats".formatted(SEATS), report(all), rounds);
    row(
        table,
        "Requested, one",
        new PlacementAuthority.Requested(List.of(new InSyncRequest(9, 1L << 33, self, true))),
        rounds);
    row(table, "Accept, one entry", enveloped(accept(all, 1)), rounds);
    row(table, "AcceptedBy", enveloped(new RegisterMessage.Accepted(3, SEED, 1)), rounds);
    row(
        table,
        "PlacedBy, one entry",
        enveloped(new Placed(3, all.charter(), all.entries().subList(0, 1))),
        rounds);
    row(table, "Accept, whole table", enveloped(accept(all, shards)), rounds);
    row(
        table,
        "PlacedBy, whole table",
        enveloped(new Placed(3, all.charter(), all.entries())),
        rounds);
    row(
        table,
        "Promised, whole table",
        enveloped(new RegisterMessage.Promise(3, SEED, all.charter(), all.entries(), Memo.NONE)),
        rounds);
    row(
        table,
        "Promised, of 4,096 shards",
        promised(new WholeTable(nodes, 4_096, 2, SEED)),
        rounds);
    row(table, "the same, six copies", promised(new WholeTable(nodes, 4_096, 6, SEED)), rounds);
    row(table, "whole table, six copies", promised(new WholeTable(nodes, shards, 6, SEED)), rounds);
    binaryRow(table, all.entries(), rounds);
    return table;
  }

  /** Sizes and costs of Pekko's gossip. */
  public MarkdownTable gossip(int nodes, int rounds) {
    return new GossipMessages(system(), nodes).measure(rounds);
  }

  /** Bytes of a gossip by the number of entries of its vector clock. */
  public IntToLongFunction gossipBytes(int nodes) {
    return new GossipMessages(system(), nodes)::wholeBytes;
  }

  /** Bytes of what is told instead of a gossip when nothing is new. */
  public long digestBytes(int nodes, int clockEntries) {
    return new GossipMessages(system(), nodes).digestBytes(clockEntries);
  }

  private ExtendedActorSystem system() {
    return (ExtendedActorSystem) Adapter.toClassic(kit.system());
  }

  private static RegisterMessage.Accept accept(WholeTable all, int entries) {
    return new RegisterMessage.Accept(
        3, SEED, 1, all.charter(), all.entries().subList(0, entries), Memo.NONE);
  }

  private Object promised(WholeTable all) {
    return enveloped(new RegisterMessage.Promise(3, SEED, all.charter(), all.entries(), Memo.NONE));
  }

  private static PlacementAuthority.Reported report(WholeTable all) {
    List<NodeReport.SeatReport> seats = new ArrayList<>();
    for (PlacementEntry entry : all.entries().subList(0, SEATS)) {
      seats.add(new NodeReport.SeatReport(entry.shard(), entry.seat(), 1L << 33, List.of()));
    }
    NodeReport.Own own = new NodeReport.Own(all.nodes().get(0), 1, PauseMark.NONE, 1 << 27);
    return new PlacementAuthority.Reported(new NodeReport(own, seats, List.of()));
  }

  private void row(MarkdownTable table, String what, Object message, int rounds) {
    byte[] bytes = bytes(message);
    int times = bytes.length > 10_000 ? 1 : 10_000;
    Effort written = Effort.median(rounds, () -> () -> repeat(times, () -> bytes(message)));
    Effort read =
        Effort.median(
            rounds,
            () ->
                () ->
                    repeat(
                        times, () -> serialization.deserialize(bytes, message.getClass()).get()));
    row(table, what, bytes.length, written.dividedBy(times), read.dividedBy(times));
  }

  /** The same table in the form in which clients and replicas get it. */
  private static void binaryRow(MarkdownTable table, List<PlacementEntry> entries, int rounds) {
    WireWriter out = new WireWriter(1 << 20);
    Effort written =
        Effort.median(
            rounds,
            () ->
                () -> {
                  out.truncate(0);
                  PlacementCodec.writeEntries(out, entries);
                });
    byte[] bytes = out.toBytes();
    Effort read =
        Effort.median(rounds, () -> () -> PlacementCodec.readEntries(new WireReader(bytes)));
    row(table, "the table by PlacementCodec", bytes.length, written, read);
  }

  private static void row(
      MarkdownTable table, String what, int bytes, Effort written, Effort read) {
    table.row(what, Amounts.count(bytes), written.time(), read.time(), read.bytes());
  }

  private static void repeat(int times, Runnable work) {
    for (int i = 0; i < times; i++) {
      work.run();
    }
  }
}
