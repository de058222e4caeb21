package io.shardgrid.client;

import io.shardgrid.key.Charter;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.Topology;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A cluster as remote clients see it: shards that remember the writes they have carried out, and
 * nodes on loopback ports before them. Thread-safe.
 */
final class ScriptedGrid implements AutoCloseable {

  static final int SHARDS = 8;

  private final Charter charter = new Charter("scripted", SHARDS, 0, 42);
  private final Map<NodeId, MemberView> members = new TreeMap<>();
  private final Map<NodeId, ScriptedNode> nodes = new TreeMap<>();
  private final SortedMap<Integer, PlacementEntry> placement = new TreeMap<>();
  private final Map<String, byte[]> entries = new HashMap<>();
  private final Map<String, Answer> remembered = new HashMap<>();
  private final Map<String, Long> lastWrites = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private long executed;
  private long version;

  /** A grid of one node that has all shards. */
  static ScriptedGrid ofOneNode() {
    ScriptedGrid grid = new ScriptedGrid();
    grid.place(grid.join().id());
    return grid;
  }

  /** Adds a node; nobody is told. */
  ScriptedNode join() {
    ScriptedNode node = new ScriptedNode(this, newNode(), 0);
    node.start();
    addMember(node.id(), node.port());
    synchronized (this) {
      nodes.put(node.id(), node);
    }
    return node;
  }

  synchronized NodeId newNode() {
    return new NodeId("127.0.0.1", 10_171 + members.size(), members.size() + 1L);
  }

  synchronized void addMember(NodeId node, int respPort) {
    members.put(
        node, new MemberView(node, "", "default", 1, 9_171, respPort, 0, MemberView.Standing.UP));
  }

  synchronized void removeMember(NodeId node) {
    members.remove(node);
  }

  synchronized ScriptedNode node(int number) {
    return List.copyOf(nodes.values()).get(number);
  }

  /** Gives all shards to a node; nobody is told. */
  synchronized void place(NodeId primary) {
    for (int shard = 0; shard < SHARDS; shard++) {
      PlacementEntry before = placement.get(shard);
      long epoch = before == null ? 1 : before.epoch() + 1;
      long prevSeat = before == null ? 0 : before.seat();
      placement.put(
          shard, new PlacementEntry(shard, epoch, epoch, prevSeat, primary, List.of(primary)));
    }
  }

  synchronized Topology topology() {
    return new Topology(charter, List.copyOf(members.values()), List.copyOf(placement.values()));
  }

  /** Operations that were carried out, repeats not counted. */
  synchronized long executed() {
    return executed;
  }

  /** What a shard must not do and did. */
  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  /** What a node answers; null for nothing. */
  synchronized @Nullable Answer operate(NodeId at, Operation operation) {
    PlacementEntry entry = placement.get(operation.shard());
    if (entry == null) {
      return new Answer.Later("not placed");
    }
    NodeId primary = entry.primary();
    if (primary == null || !isServedBy(primary, at) || operation.minEpoch() < entry.seat()) {
      return new Answer.Moved(entry);
    }
    String window = operation.client() + "/" + operation.shard();
    Answer known = remembered.get(window + "/" + operation.seq());
    if (known != null) {
      return known;
    }
    executed++;
    Answer answer = execute(operation);
    if (operation.request().kind().isWrite()) {
      remembered.put(window + "/" + operation.seq(), answer);
      Long last = lastWrites.put(window, operation.seq());
      if (last != null && last >= operation.seq()) {
        faults.add("out of order: window=" + window + ", " + operation.seq() + " after " + last);
      }
    }
    return answer;
  }

  private boolean isServedBy(NodeId primary, NodeId at) {
    MemberView member = members.get(primary);
    return primary.equals(at) || (member != null && member.respPort() == 0);
  }

  private Answer execute(Operation operation) {
    Request request = operation.request();
    if (request instanceof Request.Get get) {
      byte[] value = entries.get(name(operation, get.key()));
      return value == null
          ? Answer.Absent.INSTANCE
          : new Answer.Entry(value, value.length, version, 0, -1);
    } else if (request instanceof Request.Put put) {
      entries.put(name(operation, put.key()), put.value());
      return new Answer.Stored(true, ++version, null);
    } else if (request instanceof Request.Remove remove) {
      boolean was = entries.remove(name(operation, remove.key())) != null;
      return new Answer.Stored(was, ++version, null);
    } else if (request instanceof Request.Add add) {
      String name = name(operation, add.key());
      byte[] before = entries.get(name);
      long sum = add.delta() + (before == null ? 0 : Long.parseLong(text(before)));
      entries.put(name, Long.toString(sum).getBytes(StandardCharsets.UTF_8));
      return new Answer.Amount(sum);
    } else if (request instanceof Request.Size) {
      return new Answer.Amount(0);
    }
    throw new IllegalStateException("not scripted: kind=" + request.kind());
  }

  private static String name(Operation operation, byte[] key) {
    return operation.map() + "/" + text(key);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    List<ScriptedNode> all;
    synchronized (this) {
      all = List.copyOf(nodes.values());
    }
    all.forEach(ScriptedNode::close);
  }
}
