package io.shardgrid.shard;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Who is a member, in versions that each member learns some time later. As in Pekko: a member gets
 * on only when all others have heard of it, and a removed node hears nothing more.
 */
final class SimMembership {

  private final Simulation simulation;
  private final SimTime time;
  private final BiConsumer<SimNode, List<MemberView>> changed;
  private final Map<NodeId, MemberView> members = new LinkedHashMap<>();
  private final Map<SimNode, Known> known = new LinkedHashMap<>();
  private int version;

  /** What one node has heard. */
  private record Known(int version, List<MemberView> view) {}

  /**
   * A cluster without members.
   *
   * @param changed is told when a node has heard of a change
   */
  SimMembership(Simulation simulation, BiConsumer<SimNode, List<MemberView>> changed) {
    this.simulation = simulation;
    this.time = simulation.time;
    this.changed = changed;
  }

  boolean has(SimNode node) {
    return members.containsKey(node.id);
  }

  int size() {
    return members.size();
  }

  /** The members as this node knows them. */
  List<MemberView> seenBy(SimNode node) {
    return known.getOrDefault(node, new Known(0, List.of())).view();
  }

  boolean isUpToDate(SimNode node) {
    Known heard = known.get(node);
    return heard != null && heard.version() == version;
  }

  void join(SimNode node) {
    members.put(node.id, view(node, Standing.JOINING));
    publish();
    known.put(node, new Known(version, List.copyOf(members.values())));
    time.after(time.between(100, 600), () -> promoteToUp(node));
  }

  private static MemberView view(SimNode node, Standing standing) {
    return new MemberView(node.id, "n" + node.number, "zone", node.weight, 1, 0, 0, standing);
  }

  private void promoteToUp(SimNode node) {
    if (!has(node)) {
      return;
    }
    boolean isSeenByAll =
        simulation.nodes.stream()
            .filter(this::has)
            .allMatch(member -> member.isRunning() && isUpToDate(member));
    if (isSeenByAll) {
      set(node, Standing.UP);
    } else {
      time.after(time.between(50, 200), () -> promoteToUp(node));
    }
  }

  void set(SimNode node, Standing standing) {
    if (has(node)) {
      members.put(node.id, view(node, standing));
      publish();
    }
  }

  /** Its standing is the same, its weight another. */
  void weighed(SimNode node) {
    MemberView before = members.get(node.id);
    if (before != null) {
      set(node, before.standing());
    }
  }

  boolean isUp(SimNode node) {
    MemberView view = members.get(node.id);
    return view != null && view.standing() == Standing.UP;
  }

  void remove(SimNode node) {
    if (members.remove(node.id) != null) {
      time.trace(() -> node + " is removed");
      node.isMember = false;
      publish();
    }
  }

  /** The failure detector gives up on whoever stands still or is cut off, and takes it back. */
  void detect() {
    for (SimNode node : simulation.nodes) {
      MemberView view = members.get(node.id);
      boolean isSilent = !node.isRunning() || !simulation.hearsAuthority(node);
      if (view != null && view.standing() == Standing.UP && isSilent) {
        set(node, Standing.UNREACHABLE);
      } else if (view != null && view.standing() == Standing.UNREACHABLE && !isSilent) {
        set(node, Standing.UP);
      }
    }
  }

  private void publish() {
    version++;
    Known news = new Known(version, List.copyOf(members.values()));
    for (SimNode node : simulation.nodes) {
      if (has(node)) {
        tell(node, news);
      }
    }
  }

  private void tell(SimNode node, Known news) {
    time.after(
        time.between(5, 300),
        () -> {
          if (simulation.hearsAuthority(node)) {
            node.handle(() -> learn(node, news));
          } else {
            tell(node, news);
          }
        });
  }

  private void learn(SimNode node, Known news) {
    Known before = known.get(node);
    if (has(node) && (before == null || news.version() > before.version())) {
      known.put(node, news);
      changed.accept(node, news.view());
    }
  }
}
