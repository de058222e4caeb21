package io.shardgrid.actor;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.ClusterEvent.ClusterDomainEvent;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.ClusterEvent.MemberEvent;
import org.apache.pekko.cluster.ClusterEvent.ReachabilityEvent;
import org.apache.pekko.cluster.ClusterEvent.ReachableMember;
import org.apache.pekko.cluster.ClusterEvent.UnreachableMember;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.UniqueAddress;

/**
 * The members as Pekko's events tell them, in the grid's words. What members tell of themselves
 * travels as roles, the only free text that Pekko's membership carries.
 *
 * <p>Kept from the events: the state that Pekko's extension shows lags behind them. Confined to the
 * actor that owns it.
 */
final class Membership {

  /** The role of members that hold data and may run the singletons. */
  static final String GRID_ROLE = "grid";

  private static final String NAME = "name=";
  private static final String ZONE = "zone=";
  private static final String WEIGHT = "weight=";
  private static final String PEER = "peer-port=";
  private static final String RESP = "resp-port=";
  private static final String HTTP = "http-port=";

  private final Map<UniqueAddress, Member> members = new HashMap<>();
  private final Set<UniqueAddress> unreachable = new HashSet<>();

  /**
   * Lets an actor hear of the members: first of all there are, then of each change.
   *
   * @param toMessage makes the actor's own message of either
   */
  static <T> void subscribe(ActorContext<T> context, Function<Object, T> toMessage) {
    context.messageAdapter(CurrentClusterState.class, toMessage::apply);
    ActorRef<ClusterDomainEvent> events =
        context.messageAdapter(ClusterDomainEvent.class, toMessage::apply);
    Cluster.get(Adapter.toClassic(context.getSystem()))
        .subscribe(
            Adapter.toClassic(events),
            ClusterEvent.initialStateAsSnapshot(),
            MemberEvent.class,
            ReachabilityEvent.class);
  }

  /** Takes up what {@link #subscribe} brought. */
  void learn(Object event) {
    if (event instanceof CurrentClusterState state) {
      state.getMembers().forEach(this::put);
      state.getUnreachable().forEach(member -> unreachable.add(member.uniqueAddress()));
    } else if (event instanceof UnreachableMember change) {
      unreachable.add(change.member().uniqueAddress());
    } else if (event instanceof ReachableMember change) {
      unreachable.remove(change.member().uniqueAddress());
    } else if (event instanceof MemberEvent change) {
      put(change.member());
    }
  }

  private void put(Member member) {
    if (member.status().equals(MemberStatus.removed())) {
      members.remove(member.uniqueAddress());
      unreachable.remove(member.uniqueAddress());
    } else {
      members.put(member.uniqueAddress(), member);
    }
  }

  /** The roles by which a member tells the others about itself. */
  static List<String> roles(MemberSettings settings, int peerPort, int respPort, int httpPort) {
    return List.of(
        GRID_ROLE,
        NAME + settings.name(),
        ZONE + settings.zone(),
        WEIGHT + settings.weight(),
        PEER + peerPort,
        RESP + respPort,
        HTTP + httpPort);
  }

  /** All members that are not removed, in the order of their addresses. */
  List<MemberView> views() {
    List<MemberView> views = new ArrayList<>();
    members.forEach((address, member) -> views.add(view(member, unreachable.contains(address))));
    views.sort(Comparator.comparing(MemberView::id));
    return views;
  }

  static NodeId nodeId(UniqueAddress unique) {
    Address address = unique.address();
    return new NodeId(address.getHost().orElse(""), address.getPort().orElse(0), unique.longUid());
  }

  private static MemberView view(Member member, boolean isUnreachable) {
    NodeId id = nodeId(member.uniqueAddress());
    String name = text(member, NAME);
    return new MemberView(
        id,
        name.isEmpty() ? id.address() : name,
        text(member, ZONE),
        number(member, WEIGHT),
        number(member, PEER),
        number(member, RESP),
        number(member, HTTP),
        isUnreachable ? Standing.UNREACHABLE : standing(member.status()));
  }

  private static Standing standing(MemberStatus status) {
    if (status.equals(MemberStatus.up())) {
      return Standing.UP;
    }
    return status.equals(MemberStatus.joining()) || status.equals(MemberStatus.weaklyUp())
        ? Standing.JOINING
        : Standing.LEAVING;
  }

  private static String text(Member member, String prefix) {
    for (String role : member.getRoles()) {
      if (role.startsWith(prefix)) {
        return role.substring(prefix.length());
      }
    }
    return "";
  }

  private static int number(Member member, String prefix) {
    String text = text(member, prefix);
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
  }
}
