package io.shardgrid.placement;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.RegisterMessage.Accepted;
import io.shardgrid.placement.RegisterMessage.Promise;
import io.shardgrid.placement.RegisterMessage.Refused;
import io.shardgrid.placement.RegisterMessage.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps what an authority says; its registers answer when told to. */
final class RecordedEffects implements AuthorityEffects {

  final Map<NodeId, Register> registers = new HashMap<>();
  final Map<NodeId, Placed> placed = new HashMap<>();
  final List<InSyncRequest> copies = new ArrayList<>();
  final List<Integer> recalls = new ArrayList<>();
  final Map<NodeId, PauseMark> pauses = new HashMap<>();
  final List<List<PlacementEntry>> commits = new ArrayList<>();
  final List<String> ends = new ArrayList<>();
  final List<Memo> memos = new ArrayList<>();

  /** Nodes whose messages are lost. */
  final Set<NodeId> silent = new HashSet<>();

  private final Deque<Sent> sent = new ArrayDeque<>();

  private record Sent(NodeId to, RegisterMessage.Request request) {}

  @Override
  public void sendRegister(NodeId to, RegisterMessage.Request request) {
    sent.add(new Sent(to, request));
  }

  @Override
  public void sendPlaced(NodeId to, Placed message) {
    placed.put(to, message);
  }

  @Override
  public void askCopy(NodeId primary, int shard, long seat, NodeId target) {
    copies.add(new InSyncRequest(shard, seat, target, true));
  }

  @Override
  public void cancelCopy(NodeId primary, int shard, NodeId target) {
    recalls.add(shard);
  }

  @Override
  public void sendPause(NodeId to, PauseMark pause) {
    pauses.put(to, pause);
  }

  @Override
  public void committed(List<PlacementEntry> entries) {
    commits.add(entries);
  }

  @Override
  public void kept(Memo memo) {
    memos.add(memo);
  }

  @Override
  public void moved(AuthorityPhase from, AuthorityPhase to) {}

  @Override
  public void end(String reason) {
    ends.add(reason);
  }

  Register register(NodeId node) {
    return registers.computeIfAbsent(node, key -> new Register());
  }

  int waiting() {
    return sent.size();
  }

  /** Delivers until nobody has anything to say. */
  void deliverTo(Authority authority) {
    while (!sent.isEmpty()) {
      Sent next = sent.remove();
      if (!silent.contains(next.to())) {
        answer(authority, next.to(), register(next.to()).receive(next.request()));
      }
    }
  }

  private static void answer(Authority authority, NodeId from, Reply reply) {
    if (reply instanceof Promise promise) {
      authority.promised(from, promise);
    } else if (reply instanceof Accepted accepted) {
      authority.accepted(from, accepted);
    } else {
      authority.refused(from, (Refused) reply);
    }
  }
}
