package io.shardgrid.member;

import io.shardgrid.figures.Effort;
import io.shardgrid.figures.MarkdownTable;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import io.shardgrid.shard.MemberEchoes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What one node's watch of all others costs it in a large cluster. */
public final class WatchScale {

  private static final DowningSettings SETTINGS =
      new DowningSettings(
          Duration.ofSeconds(3),
          Duration.ofSeconds(5),
          Duration.ofSeconds(8),
          Duration.ofSeconds(12));
  private static final int JUDGEMENTS = 500;
  private static final Hearing NOBODY = new Hearing(Set.of(), Set.of(), null);
  private static final long PING_NANOS = Duration.ofMillis(200).toNanos();

  private final List<MemberView> members = new ArrayList<>();
  private final int rounds;
  private long nowNanos;

  private WatchScale(int nodes, int rounds) {
    this.rounds = rounds;
    for (int number = 0; number < nodes; number++) {
      NodeId id = new NodeId("10.0.%d.%d".formatted(number / 256, number % 256), 10_171, number);
      members.add(new MemberView(id, "n" + number, "zone", 1, 1, 1, 1, Standing.UP));
    }
  }

  /** One node among so many. */
  public static MarkdownTable measure(int nodes, int rounds) {
    WatchScale scale = new WatchScale(nodes, rounds);
    MarkdownTable table =
        new MarkdownTable("at one node", "a second", "CPU time each", "allocated");
    int pings = 5 * (nodes - 1);
    scale.row(table, "a ping is taken in", pings, scale::pings, nodes - 1);
    scale.row(table, "an echo is counted", pings, scale::echoes, nodes - 1);
    scale.row(table, "judging, all are well", 10, () -> scale.judgements(NOBODY), JUDGEMENTS);
    Hearing dead = new Hearing(Set.of(scale.members.get(nodes - 1).id()), Set.of(), null);
    scale.row(table, "judging, one is dead for all", 10, () -> scale.judgements(dead), JUDGEMENTS);
    return table;
  }

  private void row(
      MarkdownTable table, String what, int aSecond, Supplier<Runnable> work, int pieces) {
    Effort effort = Effort.median(rounds, work).dividedBy(pieces);
    table.row(what, Integer.toString(aSecond), effort.time(), effort.bytes());
  }

  private Downing downing() {
    Downing downing = new Downing(members.get(0).id(), SETTINGS);
    downing.members(members, nowNanos);
    return downing;
  }

  private void tell(Downing downing, Hearing hearing) {
    nowNanos += PING_NANOS;
    members
        .subList(1, members.size() - 1)
        .forEach(one -> downing.told(one.id(), hearing, nowNanos));
  }

  private Runnable pings() {
    Downing downing = downing();
    return () -> tell(downing, NOBODY);
  }

  private Runnable judgements(Hearing hearing) {
    Downing downing = downing();
    tell(downing, hearing);
    return () -> {
      for (int i = 0; i < JUDGEMENTS; i++) {
        downing.judge(nowNanos, node -> false);
      }
    };
  }

  /** The answers to the pings of one round, which were sent at the same moment. */
  private Runnable echoes() {
    Set<NodeId> others = members.stream().skip(1).map(MemberView::id).collect(Collectors.toSet());
    MemberEchoes echoes = new MemberEchoes();
    echoes.members(others, nowNanos);
    others.forEach(one -> echoes.echoed(one, nowNanos));
    return () -> others.forEach(one -> echoes.echoed(one, nowNanos + PING_NANOS));
  }
}
