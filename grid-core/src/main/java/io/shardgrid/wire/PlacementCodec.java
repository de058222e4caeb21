package io.shardgrid.wire;

import io.netty.buffer.ByteBuf;
import io.shardgrid.key.Charter;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The binary form of placements, nodes, members and charters. Reading throws WireException. */
public final class PlacementCodec {

  /* A list of placement entries: the nodes that occur, each once; then the entries, which name
   * nodes by index. Fields of an entry, in order:
   *
   *   shard     signed, difference to the entry before
   *   epoch     signed, difference to the entry before
   *   seat      signed, as epoch - seat
   *   prevSeat  signed, as seat - prevSeat
   *   primary   number: index + 1, 0 for none
   *   inSync    count, then indices
   *
   * so that 256 entries of a settled cluster take about 2 to 4 KiB.
   */

  private static final MemberView.Standing[] STANDINGS = MemberView.Standing.values();
  private static final int PORT_MAX = 65535;

  private PlacementCodec() {}

  public static long bytesMax(PlacementEntry entry) {
    int nodes = entry.inSync().size() + 1;
    return 6L * Fields.NUMBER_BYTES_MAX + nodes * 4L * Fields.NUMBER_BYTES_MAX + hosts(entry);
  }

  private static long hosts(PlacementEntry entry) {
    NodeId primary = entry.primary();
    long chars = primary == null ? 0 : primary.host().length();
    for (NodeId node : entry.inSync()) {
      chars += node.host().length();
    }
    return 3 * chars;
  }

  /** Appends one placement entry. */
  public static void writeEntry(ByteBuf out, PlacementEntry entry) {
    writeEntries(out, List.of(entry));
  }

  /** Reads one placement entry. */
  public static PlacementEntry readEntry(ByteBuf in) {
    List<PlacementEntry> entries = readEntries(in);
    if (entries.size() != 1) {
      throw new WireException("not one placement entry: entries=" + entries.size());
    }
    return entries.get(0);
  }

  /** Appends a list of placement entries; smallest if they are in the order of shards. */
  public static void writeEntries(ByteBuf out, List<PlacementEntry> entries) {
    Map<NodeId, Integer> indices = indices(entries);
    Fields.writeList(out, new ArrayList<>(indices.keySet()), PlacementCodec::writeNode);
    Fields.writeNumber(out, entries.size());
    int shard = -1;
    long epoch = 0;
    for (PlacementEntry entry : entries) {
      Fields.writeSigned(out, (long) entry.shard() - shard);
      Fields.writeSigned(out, entry.epoch() - epoch);
      Fields.writeSigned(out, entry.epoch() - entry.seat());
      Fields.writeSigned(out, entry.seat() - entry.prevSeat());
      NodeId primary = entry.primary();
      Fields.writeNumber(out, primary == null ? 0 : index(indices, primary) + 1);
      Fields.writeList(
          out, entry.inSync(), (to, node) -> Fields.writeNumber(to, index(indices, node)));
      shard = entry.shard();
      epoch = entry.epoch();
    }
  }

  private static Map<NodeId, Integer> indices(List<PlacementEntry> entries) {
    Map<NodeId, Integer> indices = new LinkedHashMap<>();
    for (PlacementEntry entry : entries) {
      NodeId primary = entry.primary();
      if (primary != null) {
        indices.putIfAbsent(primary, indices.size());
      }
      for (NodeId node : entry.inSync()) {
        indices.putIfAbsent(node, indices.size());
      }
    }
    return indices;
  }

  private static int index(Map<NodeId, Integer> indices, NodeId node) {
    Integer index = indices.get(node);
    if (index == null) {
      throw new IllegalStateException("node is not in the table: node=" + node);
    }
    return index;
  }

  /** Reads a list of placement entries. */
  public static List<PlacementEntry> readEntries(ByteBuf in) {
    List<NodeId> nodes = Fields.readList(in, PlacementCodec::readNode);
    int count = Fields.readSmall(in, "number of entries", in.readableBytes());
    List<PlacementEntry> entries = new ArrayList<>(count);
    long shard = -1;
    long epoch = 0;
    for (int i = 0; i < count; i++) {
      shard += Fields.readSigned(in);
      if (shard < 0 || shard > Integer.MAX_VALUE) {
        throw new WireException("shard is out of range: value=" + shard);
      }
      epoch += Fields.readSigned(in);
      entries.add(readEntry(in, (int) shard, epoch, nodes));
    }
    return entries;
  }

  private static PlacementEntry readEntry(ByteBuf in, int shard, long epoch, List<NodeId> nodes) {
    long seat = epoch - Fields.readSigned(in);
    long prevSeat = seat - Fields.readSigned(in);
    int primary = Fields.readSmall(in, "index of a node", nodes.size());
    List<NodeId> inSync = Fields.readList(in, from -> nodes.get(readIndex(from, nodes)));
    return new PlacementEntry(
        shard, epoch, seat, prevSeat, primary == 0 ? null : nodes.get(primary - 1), inSync);
  }

  private static int readIndex(ByteBuf in, List<NodeId> nodes) {
    return Fields.readSmall(in, "index of a node", nodes.size() - 1);
  }

  /** Appends a node. */
  public static void writeNode(ByteBuf out, NodeId node) {
    Fields.writeName(out, node.host());
    Fields.writeNumber(out, node.port());
    out.writeLong(node.uid());
  }

  /** Reads a node. */
  public static NodeId readNode(ByteBuf in) {
    String host = Fields.readName(in);
    int port = readPort(in);
    return new NodeId(host, port, Fields.readLong(in));
  }

  private static int readPort(ByteBuf in) {
    return Fields.readSmall(in, "port", PORT_MAX);
  }

  /** Appends a list of members. */
  public static void writeMembers(ByteBuf out, List<MemberView> members) {
    Fields.writeList(out, members, PlacementCodec::writeMember);
  }

  private static void writeMember(ByteBuf out, MemberView member) {
    writeNode(out, member.id());
    Fields.writeName(out, member.name());
    Fields.writeName(out, member.zone());
    Fields.writeNumber(out, member.weight());
    Fields.writeNumber(out, member.peerPort());
    Fields.writeNumber(out, member.respPort());
    Fields.writeNumber(out, member.httpPort());
    Fields.writeCode(out, member.standing());
  }

  /** Reads a list of members. */
  public static List<MemberView> readMembers(ByteBuf in) {
    return Fields.readList(in, PlacementCodec::readMember);
  }

  private static MemberView readMember(ByteBuf in) {
    return new MemberView(
        readNode(in),
        Fields.readName(in),
        Fields.readName(in),
        Fields.readSmall(in, "weight", Integer.MAX_VALUE),
        readPort(in),
        readPort(in),
        readPort(in),
        Fields.readCode(in, "standing", STANDINGS));
  }

  /** Appends a charter. */
  public static void writeCharter(ByteBuf out, Charter charter) {
    Fields.writeName(out, charter.cluster());
    Fields.writeNumber(out, charter.shards());
    Fields.writeNumber(out, charter.backups());
    out.writeLong(charter.hashSeed());
  }

  /** Reads a charter. */
  public static Charter readCharter(ByteBuf in) {
    return new Charter(
        Fields.readName(in),
        Fields.readSmall(in, "shards", Integer.MAX_VALUE),
        Fields.readSmall(in, "backups", Integer.MAX_VALUE),
        Fields.readLong(in));
  }
}
