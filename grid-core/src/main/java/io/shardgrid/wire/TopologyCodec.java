package io.shardgrid.wire;

import io.shardgrid.key.Charter;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.key.Slot;
import java.util.List;

/** The binary form of a topology: its charter, members and placement, one behind the other. */
public final class TopologyCodec {

  private TopologyCodec() {}

  /** Appends a topology. */
  public static void write(WireWriter out, Topology topology) {
    PlacementCodec.writeCharter(out, topology.charter());
    PlacementCodec.writeMembers(out, topology.members());
    PlacementCodec.writeEntries(out, topology.placement());
  }

  /**
   * Reads a topology, which is all that {@code in} holds.
   *
   * @throws WireException if the bytes are not a topology, or a shard is not one of the charter's
   */
  public static Topology read(WireReader in) {
    Charter charter = PlacementCodec.readCharter(in);
    List<MemberView> members = PlacementCodec.readMembers(in);
    List<PlacementEntry> placement = PlacementCodec.readEntries(in);
    in.requireEnd();
    if (charter.shards() < 1 || charter.shards() > Slot.COUNT) {
      throw new WireException("number of shards is out of range: shards=" + charter.shards());
    }
    for (PlacementEntry entry : placement) {
      if (entry.shard() >= charter.shards()) {
        throw new WireException(
            "shard is not one of the cluster's: shard="
                + entry.shard()
                + ", shards="
                + charter.shards());
      }
    }
    return new Topology(charter, members, placement);
  }
}
