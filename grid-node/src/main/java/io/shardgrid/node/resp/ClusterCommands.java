package io.shardgrid.node.resp;

import io.netty.buffer.ByteBuf;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.key.Slot;
import io.shardgrid.key.SlotRange;
import io.shardgrid.wire.resp.RespVersion;
import io.shardgrid.wire.resp.RespWriter;
import java.util.List;

/** The subcommands of {@code CLUSTER}: the cluster as clients of Redis Cluster know it. */
final class ClusterCommands {

  private static final int PAIRS_OF_NODE = 7;

  private ClusterCommands() {}

  static void cluster(Call call) {
    String subcommand = call.word(0);
    ClusterView view = new ClusterView(call.grid(), call.server().port());
    if (subcommand.equals("KEYSLOT") && call.argCount() == 2) {
      int slot = Slot.of(call.key(1));
      call.reply((out, version) -> RespWriter.integer(out, slot));
      return;
    }
    if (call.argCount() != 1) {
      throw ConnectionCommands.unknownSubcommand(call);
    }
    switch (subcommand) {
      case "SLOTS" -> slots(call, view);
      case "SHARDS" -> shards(call, view);
      case "NODES" -> text(call, nodes(view));
      case "MYID" -> text(call, view.self().digits());
      case "INFO" -> text(call, info(call, view));
      case "COUNTKEYSINSLOT" ->
          throw new CommandRefusal("ERR CLUSTER COUNTKEYSINSLOT is not supported: use DBSIZE");
      default -> throw ConnectionCommands.unknownSubcommand(call);
    }
  }

  private static void text(Call call, String text) {
    call.reply((out, version) -> RespWriter.bulk(out, text));
  }

  private static void slots(Call call, ClusterView view) {
    List<ClusterView.Owned> owned = view.owned();
    call.reply(
        (out, version) -> {
          RespWriter.arrayHeader(out, owned.size());
          for (ClusterView.Owned range : owned) {
            RespWriter.arrayHeader(out, 3);
            RespWriter.integer(out, range.slots().first());
            RespWriter.integer(out, range.slots().last());
            RespWriter.arrayHeader(out, 4);
            RespWriter.bulk(out, range.node().id().host());
            RespWriter.integer(out, range.node().port());
            RespWriter.bulk(out, range.node().digits());
            RespWriter.arrayHeader(out, 0);
          }
        });
  }

  private static void shards(Call call, ClusterView view) {
    List<ClusterView.Owned> owned = view.owned();
    List<ClusterView.Node> nodes = view.nodes();
    call.reply(
        (out, version) -> {
          RespWriter.arrayHeader(out, nodes.size());
          for (ClusterView.Node node : nodes) {
            RespWriter.mapHeader(out, 2, version);
            RespWriter.bulk(out, "slots");
            writeSlots(out, slotsOf(node, owned));
            RespWriter.bulk(out, "nodes");
            RespWriter.arrayHeader(out, 1);
            writeNode(out, version, node);
          }
        });
  }

  private static List<SlotRange> slotsOf(ClusterView.Node node, List<ClusterView.Owned> owned) {
    return owned.stream()
        .filter(range -> range.node().equals(node))
        .map(ClusterView.Owned::slots)
        .toList();
  }

  private static void writeSlots(ByteBuf out, List<SlotRange> ranges) {
    RespWriter.arrayHeader(out, 2 * ranges.size());
    for (SlotRange range : ranges) {
      RespWriter.integer(out, range.first());
      RespWriter.integer(out, range.last());
    }
  }

  private static void writeNode(ByteBuf out, RespVersion version, ClusterView.Node node) {
    RespWriter.mapHeader(out, PAIRS_OF_NODE, version);
    RespWriter.bulk(out, "id");
    RespWriter.bulk(out, node.digits());
    RespWriter.bulk(out, "port");
    RespWriter.integer(out, node.port());
    RespWriter.bulk(out, "ip");
    RespWriter.bulk(out, node.id().host());
    RespWriter.bulk(out, "endpoint");
    RespWriter.bulk(out, node.id().host());
    RespWriter.bulk(out, "role");
    RespWriter.bulk(out, "master");
    RespWriter.bulk(out, "replication-offset");
    RespWriter.integer(out, 0);
    RespWriter.bulk(out, "health");
    RespWriter.bulk(out, isUnreachable(node) ? "fail" : "online");
  }

  private static boolean isUnreachable(ClusterView.Node node) {
    return node.standing() == MemberView.Standing.UNREACHABLE;
  }

  private static String nodes(ClusterView view) {
    List<ClusterView.Owned> owned = view.owned();
    ClusterView.Node self = view.self();
    StringBuilder text = new StringBuilder();
    for (ClusterView.Node node : view.nodes()) {
      text.append(node.digits())
          .append(' ')
          .append(node.id().host())
          .append(':')
          .append(node.port())
          .append('@')
          .append(node.id().port())
          .append(node.equals(self) ? " myself,master" : " master")
          .append(isUnreachable(node) ? ",fail?" : "")
          .append(" - 0 0 ")
          .append(view.epoch())
          .append(isUnreachable(node) ? " disconnected" : " connected");
      for (SlotRange range : slotsOf(node, owned)) {
        text.append(' ').append(range.first());
        if (range.size() > 1) {
          text.append('-').append(range.last());
        }
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String info(Call call, ClusterView view) {
    int served = view.owned().stream().mapToInt(range -> range.slots().size()).sum();
    int lost = view.shards(entry -> entry != null && entry.isLost());
    int placed = view.shards(entry -> entry != null);
    long sizes =
        view.nodes().stream().filter(node -> !slotsOf(node, view.owned()).isEmpty()).count();
    return "cluster_enabled:"
        + (call.server().isCluster() ? 1 : 0)
        + "\r\ncluster_state:"
        + (served == Slot.COUNT ? "ok" : "fail")
        + "\r\ncluster_slots_assigned:"
        + assigned(call)
        + "\r\ncluster_slots_ok:"
        + served
        + "\r\ncluster_slots_pfail:0\r\ncluster_slots_fail:"
        + (assigned(call) - served)
        + "\r\ncluster_known_nodes:"
        + view.nodes().size()
        + "\r\ncluster_size:"
        + sizes
        + "\r\ncluster_current_epoch:"
        + view.epoch()
        + "\r\nshardgrid_placement_epoch:"
        + Epoch.format(view.epoch())
        + "\r\nshardgrid_shards_placed:"
        + placed
        + "\r\nshardgrid_shards_lost:"
        + lost
        + "\r\n";
  }

  private static int assigned(Call call) {
    int shards = call.grid().router().shards();
    int slots = 0;
    for (int shard = 0; shard < shards; shard++) {
      PlacementEntry entry = call.grid().router().placement(shard);
      slots += entry == null ? 0 : Slot.rangeOf(shard, shards).size();
    }
    return slots;
  }
}
