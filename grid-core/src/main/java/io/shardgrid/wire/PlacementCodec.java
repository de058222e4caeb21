package io.shardgrid.wire;

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
    return 6L * WireFormat.NUMBER_BYTES_MAX
        + nodes * 4L * WireFormat.NUMBER_BYTES_MAX
        + hosts(entry);
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
  public static void writeEntry(WireWriter out, PlacementEntry entry) {
    writeEntries(out, List.of(entry));
  }

  /** Reads one placement entry. */
  public static PlacementEntry readEntry(WireReader in) {
    List<PlacementEntry> entries = readEntries(in);
    if (entries.size() != 1) {
      throw new WireException("not one placement entry: entries=" + entries.size());
    }
    return entries.get(0);
  }

  /** Appends a list of placement entries; smallest if they are in the order of shards. */
  public static void writeEntries(WireWriter out, List<PlacementEntry> entries) {
    Map<NodeId, Integer> indices = indices(entries);
    out.writeList(new ArrayList<>(indices.keySet()), PlacementCodec::writeNode);
    out.writeNumber(entries.size());
    int shard = -1;
    long epoch = 0;
    for (PlacementEntry entry : entries) {
      out.writeSigned((long) entry.shard() - shard);
      out.writeSigned(entry.epoch() - epoch);
      out.writeSigned(entry.epoch() - entry.seat());
      out.writeSigned(entry.seat() - entry.prevSeat());
      NodeId primary = entry.primary();
      out.writeNumber(primary == null ? 0 : index(indices, primary) + 1);
      out.writeList(entry.inSync(), (to, node) -> to.writeNumber(index(indices, node)));
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
  public static List<PlacementEntry> readEntries(WireReader in) {
    List<NodeId> nodes = in.readList(PlacementCodec::readNode);
    int count = in.readSmall("number of entries", in.readableBytes());
    List<PlacementEntry> entries = new ArrayList<>(count);
    long shard = -1;
    long epoch = 0;
    for (int i = 0; i < count; i++) {
      shard += in.readSigned();
      if (shard < 0 || shard > Integer.MAX_VALUE) {
        throw new WireException("shard is out of range: value=" + shard);
      }
      epoch += in.readSigned();
      entries.add(readEntry(in, (int) shard, epoch, nodes));
    }
    return entries;
  }

  private static PlacementEntry readEntry(
      WireReader in, int shard, long epoch, List<NodeId> nodes) {
    long seat = epoch - in.readSigned();
    long prevSeat = seat - in.readSigned();
    int primary = in.readSmall("index of a node", nodes.size());
    List<NodeId> inSync = in.readList(from -> nodes.get(readIndex(from, nodes)));
    return new PlacementEntry(
        shard, epoch, seat, prevSeat, primary == 0 ? null : nodes.get(primary - 1), inSync);
  }

  private static int readIndex(WireReader in, List<NodeId> nodes) {
    return in.readSmall("index of a node", nodes.size() - 1);
  }

  /** Appends a node. */
  public static void writeNode(WireWriter out, NodeId node) {
    out.writeName(node.host());
    out.writeNumber(node.port());
    out.writeLong(node.uid());
  }

  /** Reads a node. */
  public static NodeId readNode(WireReader in) {
    String host = in.readName();
    int port = readPort(in);
    return new NodeId(host, port, in.readLong());
  }

  private static int readPort(WireReader in) {
    return in.readSmall("port", PORT_MAX);
  }

  /** Appends a list of members. */
  public static void writeMembers(WireWriter out, List<MemberView> members) {
    out.writeList(members, PlacementCodec::writeMember);
  }

  private static void writeMember(WireWriter out, MemberView member) {
    writeNode(out, member.id());
    out.writeName(member.name());
    out.writeName(member.zone());
    out.writeNumber(member.weight());
    out.writeNumber(member.peerPort());
    out.writeNumber(member.respPort());
    out.writeNumber(member.httpPort());
    out.writeCode(member.standing());
  }

  /** Reads a list of members. */
  public static List<MemberView> readMembers(WireReader in) {
    return in.readList(PlacementCodec::readMember);
  }

  private static MemberView readMember(WireReader in) {
    return new MemberView(
        readNode(in),
        in.readName(),
        in.readName(),
        in.readSmall("weight", Integer.MAX_VALUE),
        readPort(in),
        readPort(in),
        readPort(in),
        in.readCode("standing", STANDINGS));
  }

  /** Appends a charter. */
  public static void writeCharter(WireWriter out, Charter charter) {
    out.writeName(charter.cluster());
    out.writeNumber(charter.shards());
    out.writeNumber(charter.backups());
    out.writeLong(charter.hashSeed());
  }

  /** Reads a charter. */
  public static Charter readCharter(WireReader in) {
    return new Charter(
        in.readName(),
        in.readSmall("shards", Integer.MAX_VALUE),
        in.readSmall("backups", Integer.MAX_VALUE),
        in.readLong());
  }
}
