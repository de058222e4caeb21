package io.shardgrid.metrics;

import io.micrometer.core.instrument.Tags;
import io.shardgrid.key.LinkReport;
import io.shardgrid.meter.ClusterFigures;
import io.shardgrid.meter.NodeMeters;
import io.shardgrid.meter.NodeTally;
import io.shardgrid.meter.ReplicaRole;
import io.shardgrid.metrics.Enrolment.Family;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The series of a node that are there from the start: the cluster as it knows it, shards, memory,
 * router, links, rules. Stateless.
 */
final class NodeSeries {

  private static final List<String> LANES =
      List.of("operations", "answers", "replication", "copies");

  private final Enrolment enrolment;
  private final NodeMeters node;

  NodeSeries(Enrolment enrolment, NodeMeters node) {
    this.enrolment = enrolment;
    this.node = node;
  }

  void enrol() {
    cluster();
    shards();
    memory();
    router();
    links();
    new RuleSeries(enrolment, node).enrol();
    NodeTally tally = node.tally();
    if (tally != null) {
      counted(tally);
    }
  }

  private void cluster() {
    ofCluster("ready", "1 if the node serves", of -> of.isServing() ? 1 : 0);
    ofCluster("members", "Members of the cluster that this node knows", ClusterFigures::members);
    ofCluster("placement.shards", "Shards of the cluster", ClusterFigures::shards);
    ofCluster(
        "placement.lost.shards",
        "Shards without a copy, as this node knows",
        ClusterFigures::lostShards);
    ofCluster(
        "placement.missing.backups",
        "Backups that shards should have and have not, as this node knows; lost shards aside",
        ClusterFigures::missingBackups);
  }

  private void ofCluster(String name, String help, ToDoubleFunction<ClusterFigures> value) {
    enrolment.gauge(
        Family.of(name, help), Tags.empty(), node, of -> value.applyAsDouble(of.cluster()));
  }

  private void shards() {
    Family shards = Family.of("shards", "Replicas of shards on this node, by their role");
    for (ReplicaRole role : ReplicaRole.values()) {
      enrolment.gauge(
          shards,
          Tags.of("role", word(role)),
          node,
          of -> of.holdings().shards().getOrDefault(role, 0));
    }
    enrolment.gauge(
        Family.of(
            "replication.uncommitted.writes",
            "Writes of this node's primaries that some backup has not acknowledged yet"),
        Tags.empty(),
        node,
        of -> of.holdings().uncommitted());
    Family compared =
        Family.of(
            "digest.comparisons",
            "Comparisons of this node's replicas with their primaries after the same writes");
    enrolment.counter(compared, Tags.of("result", "same"), node, of -> of.holdings().matches());
    enrolment.counter(
        compared, Tags.of("result", "different"), node, of -> of.holdings().differences());
  }

  private void memory() {
    enrolment.gauge(
        Family.ofBytes("memory.reserved", "Memory that the tables of this node have taken"),
        Tags.empty(),
        node,
        of -> of.memory().reservedBytes());
    enrolment.gauge(
        Family.ofBytes("memory.max", "Memory that they may take: grid.memory-max"),
        Tags.empty(),
        node,
        of -> of.memory().maxBytes());
  }

  private void router() {
    enrolment.gauge(
        Family.of(
            "router.unresolved.operations", "Operations of this node's callers without an answer"),
        Tags.empty(),
        node,
        of -> of.waiting().operations());
    enrolment.gauge(
        Family.ofBytes("router.unresolved", "Bytes of these operations"),
        Tags.empty(),
        node,
        of -> of.waiting().bytes());
    Family failures =
        Family.of(
            "router.failures",
            "Operations of this node's callers that ended without an answer of a shard");
    for (String reason : node.waiting().failures().keySet()) {
      enrolment.counter(
          failures,
          Tags.of("reason", reason),
          node,
          of -> of.waiting().failures().getOrDefault(reason, 0L));
    }
  }

  private void links() {
    enrolment.gauge(
        Family.of("links.open", "Links to peers that operations can be sent by"),
        Tags.empty(),
        node,
        of -> of.linkLoad().open());
    enrolment.gauge(
        Family.ofBytes("link.queued", "What waits to be sent on all links to peers"),
        Tags.empty(),
        node,
        of -> of.linkLoad().queuedBytes());
    enrolment.gauge(
        Family.of(
            "link.credit.used.operations",
            "Operations that are under way at peers, each with a limit of their own"),
        Tags.empty(),
        node,
        of -> of.linkLoad().operations());
    enrolment.gauge(
        Family.ofBytes("link.credit.used", "Bytes of these operations"),
        Tags.empty(),
        node,
        of -> of.linkLoad().operationBytes());
    linkTotals();
    lanes();
  }

  private void linkTotals() {
    enrolment.counter(
        Family.of("link.opened", "Links with peers that were opened, from here and from there"),
        Tags.empty(),
        node,
        of -> of.links().opened());
    enrolment.counter(
        Family.ofBytes("link.received", "Bytes of frames from peers"),
        Tags.empty(),
        node,
        of -> of.links().bytesReceived());
    enrolment.counter(
        Family.of("link.received.frames", "Frames from peers"),
        Tags.empty(),
        node,
        of -> of.links().framesReceived());
    enrolment.counter(
        Family.of(
            "link.dropped.messages",
            "Messages that waited when their link closed, or found its outbox full"),
        Tags.empty(),
        node,
        of -> of.links().dropped());
    refusals();
  }

  private void refusals() {
    Family refused =
        Family.of(
            "link.refused",
            "Connections of peers, or of those who are none, that were closed: without TLS or by"
                + " its handshake (tls), as of another cluster, secret, version or life of a node"
                + " (handshake), for bytes that make no sense (malformed)");
    enrolment.counter(refused, Tags.of("reason", "tls"), node, of -> of.links().refused().tls());
    enrolment.counter(
        refused, Tags.of("reason", "handshake"), node, of -> of.links().refused().handshake());
    enrolment.counter(
        refused, Tags.of("reason", "malformed"), node, of -> of.links().refused().malformed());
  }

  private void lanes() {
    Family bytes = Family.ofBytes("link.sent", "Bytes of frames to peers, by lane");
    Family frames = Family.of("link.sent.frames", "Frames to peers, by lane");
    Family messages =
        Family.of("link.sent.messages", "What was in these frames: operations, answers, messages");
    for (String lane : LANES) {
      Tags tags = Tags.of("lane", lane);
      enrolment.counter(bytes, tags, node, of -> sum(of, lane, LinkReport.Lane::bytes));
      enrolment.counter(frames, tags, node, of -> sum(of, lane, LinkReport.Lane::frames));
      enrolment.counter(messages, tags, node, of -> sum(of, lane, LinkReport.Lane::items));
    }
  }

  private static long sum(NodeMeters node, String lane, ToLongFunction<LinkReport.Lane> count) {
    return node.links().sent().stream()
        .filter(one -> one.name().equals(lane))
        .mapToLong(count)
        .sum();
  }

  private void counted(NodeTally tally) {
    enrolment.counter(
        Family.of(
            "epoch.changes", "Newer placements of shards that replicas on this node learnt of"),
        Tags.empty(),
        tally,
        of -> of.epochChanges().sum());
    enrolment.counter(
        Family.of("turns.failed", "Turns of shards that ended in an exception, which is a bug"),
        Tags.empty(),
        tally,
        of -> of.turnsFailed().sum());
    Family mailbox = Family.of("mailbox.messages", "Messages that wait for actors of shards");
    for (int group = 0; group < tally.groups(); group++) {
      int number = group;
      enrolment.gauge(
          mailbox, Tags.of("group", String.valueOf(group)), node, of -> of.mailbox(number));
    }
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
