package io.shardgrid.node.admin;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.node.access.GridAccess;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The names of members, by which operators know them. Immutable. */
record MemberNames(List<MemberView> members) {

  MemberNames {
    members = List.copyOf(members);
  }

  static MemberNames of(GridAccess grid) {
    return new MemberNames(grid.members());
  }

  /** A member's name, or what it is called in logs if it is none any more. */
  String nameOf(NodeId node) {
    return members.stream()
        .filter(member -> member.id().equals(node))
        .map(MemberView::name)
        .findFirst()
        .orElse(node.toString());
  }

  /** The same for one that may be missing. */
  @Nullable String nameOrNull(@Nullable NodeId node) {
    return node == null ? null : nameOf(node);
  }

  /** The member with this name. */
  Optional<NodeId> find(String name) {
    return members.stream()
        .filter(member -> member.name().equals(name))
        .map(MemberView::id)
        .findFirst();
  }
}
