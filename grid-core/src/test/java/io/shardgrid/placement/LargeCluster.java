package io.shardgrid.placement;

import io.shardgrid.key.Charter;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.NodeReport.SeatReport;
import io.shardgrid.placement.RegisterMessage.Accept;
import io.shardgrid.placement.RegisterMessage.Accepted;
import io.shardgrid.placement.RegisterMessage.Promise;
import io.shardgrid.placement.RegisterMessage.Refused;
import io.shardgrid.placement.RegisterMessage.Reply;
import io.shardgrid.placement.RegisterMessage.Request;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An authority and the registers of all its members in one thread, without faults: messages arrive
 * in order and at once, and a copy is there as soon as it is asked for. Counts what is said, and
 * what the authority takes of the thread apart from the registers.
 */
final class LargeCluster implements AuthorityEffects {

  private static final int REPORT_TICKS = 10;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final long TICK_NANOS = Duration.ofMillis(50).toNanos();

  /** So long nothing has to happen before all is done: more than settling takes. */
  private static final int CALM_TICKS = 24;

  private static final PlacementSettings SETTINGS =
      new PlacementSettings(
          128,
          1,
          Duration.ofMillis(500),
          Duration.ofMillis(100),
          Duration.ofSeconds(1),
          50,
          8,
          Duration.ofSeconds(10),
          Duration.ofSeconds(2));

  private final Charter charter;
  private final Map<NodeId, Register> registers = new LinkedHashMap<>();
  private final Map<NodeId, MemberView> members = new TreeMap<>();
  private final Deque<Runnable> lane = new ArrayDeque<>();
  private final MessageCounts sent = new MessageCounts();
  private final MessageCounts answered = new MessageCounts();
  private PlacementTable known = new PlacementTable();
  private @Nullable Authority authority;
  private int incarnations;
  private int ticks;
  private int newsAtTick;
  private int copies;
  private int commits;
  private long nowNanos;
  private long authorityNanos;

  LargeCluster(int shards, List<MemberView> membership) {
    this.charter = new Charter("large", shards, 1, 7);
    membership.forEach(this::enter);
  }

  private void enter(MemberView member) {
    members.put(member.id(), member);
    registers.put(member.id(), new Register());
  }

  MessageCounts sent() {
    return sent;
  }

  MessageCounts answered() {
    return answered;
  }

  /** Writes that carried anything and were committed. */
  int commits() {
    return commits;
  }

  /** Copies that primaries were asked for. */
  int copies() {
    return copies;
  }

  /** Processor time that the authority took, the registers and the members left out. */
  long authorityNanos() {
    return authorityNanos;
  }

  /** Simulated time since the counts were cleared. */
  Duration elapsed() {
    return Duration.ofNanos(ticks * TICK_NANOS);
  }

  PlacementTable known() {
    return known;
  }

  List<MemberView> members() {
    return List.copyOf(members.values());
  }

  void clearCounts() {
    sent.clear();
    answered.clear();
    commits = 0;
    copies = 0;
    ticks = 0;
    newsAtTick = 0;
    authorityNanos = 0;
  }

  /** The first authority founds the cluster. */
  void found() {
    begin(charter);
    settle();
  }

  /** One more member, which is a full one at once. */
  void join(MemberView member) {
    enter(member);
    tell(authority -> authority.membersChanged(members()));
    settle();
  }

  /** A member dies: all others say so until its shards are served, then it is removed. */
  void crash(NodeId gone) {
    registers.remove(gone);
    for (NodeId from : members.keySet()) {
      if (!from.equals(gone)) {
        tell(authority -> authority.suspected(from, gone, nowNanos));
      }
    }
    tick();
  }

  /** The rest of a crash: a dead member's removal, and its copies made anew. */
  void remove(NodeId gone) {
    members.remove(gone);
    tell(authority -> authority.membersChanged(members()));
    settle();
  }

  /** Another authority takes over, as if the last one had died. */
  void failOver() {
    begin(null);
    settle();
  }

  /** Every member reports its seats. */
  void reportAll() {
    Map<NodeId, List<SeatReport>> seats = new TreeMap<>();
    members.keySet().forEach(node -> seats.put(node, new ArrayList<>()));
    for (PlacementEntry entry : known.entries()) {
      NodeId primary = entry.primary();
      if (primary != null && seats.containsKey(primary)) {
        Objects.requireNonNull(seats.get(primary)).add(seat(entry));
      }
    }
    seats.forEach(this::report);
    deliver();
  }

  private static SeatReport seat(PlacementEntry entry) {
    return new SeatReport(entry.shard(), entry.seat(), 1L << 33, List.of());
  }

  private void report(NodeId from, List<SeatReport> seats) {
    NodeReport.Own own = new NodeReport.Own(from, 1, PauseMark.NONE, 1 << 27);
    NodeReport report = new NodeReport(own, seats, List.of());
    answered.add(report, seats.size());
    lane.add(() -> tell(authority -> authority.reported(report, nowNanos)));
  }

  private void begin(@Nullable Charter wanted) {
    lane.clear();
    incarnations++;
    authority = new Authority(incarnations, wanted, SETTINGS, this);
    tell(one -> one.start(members()));
    deliver();
  }

  /** Lets time pass until nothing is left to be done; members report twice a second. */
  void settle() {
    newsAtTick = ticks;
    while (ticks - newsAtTick < CALM_TICKS) {
      if (ticks % REPORT_TICKS == 0) {
        reportAll();
      }
      tick();
    }
  }

  void tick() {
    ticks++;
    nowNanos += TICK_NANOS;
    tell(authority -> authority.tick(nowNanos));
    deliver();
  }

  private void deliver() {
    while (!lane.isEmpty()) {
      lane.remove().run();
    }
  }

  /** What is done with an authority, and timed. */
  private interface Input {
    void to(Authority authority);
  }

  private void tell(Input input) {
    long began = THREADS.getCurrentThreadCpuTime();
    input.to(Objects.requireNonNull(authority));
    authorityNanos += THREADS.getCurrentThreadCpuTime() - began;
  }

  @Override
  public void sendRegister(NodeId to, Request request) {
    sent.add(request, request instanceof Accept accept ? accept.entries().size() : 0);
    lane.add(() -> answer(to, request));
  }

  private void answer(NodeId from, Request request) {
    Register register = registers.get(from);
    if (register == null) {
      return;
    }
    Reply reply = register.receive(request);
    answered.add(reply, reply instanceof Promise promise ? promise.entries().size() : 0);
    tell(
        there -> {
          if (reply instanceof Promise promise) {
            there.promised(from, promise);
          } else if (reply instanceof Accepted accepted) {
            there.accepted(from, accepted);
          } else {
            there.refused(from, (Refused) reply);
          }
        });
  }

  /** The member takes its new seats at once, and says so. */
  @Override
  public void sendPlaced(NodeId to, Placed placed) {
    sent.add(placed, placed.entries().size());
    lane.add(
        () -> {
          if (registers.containsKey(to)) {
            known.merge(placed.entries());
            tell(there -> there.placedAcknowledged(to, placed.term(), placed.highestEpoch()));
            List<SeatReport> taken =
                placed.entries().stream()
                    .filter(entry -> to.equals(entry.primary()))
                    .map(LargeCluster::seat)
                    .toList();
            if (!taken.isEmpty()) {
              report(to, taken);
            }
          }
        });
  }

  @Override
  public void askCopy(NodeId primary, int shard, long seat, NodeId target) {
    copies++;
    newsAtTick = ticks;
    lane.add(
        () -> {
          PlacementEntry entry = Objects.requireNonNull(known.entry(shard));
          InSyncRequest request = new InSyncRequest(shard, entry.epoch(), target, true);
          tell(there -> there.requested(List.of(request)));
        });
  }

  @Override
  public void cancelCopy(NodeId primary, int shard, NodeId target) {
    throw new IllegalStateException("nothing is called off here: shard=" + shard);
  }

  @Override
  public void sendPause(NodeId to, PauseMark pause) {}

  @Override
  public void committed(List<PlacementEntry> entries) {
    commits++;
    newsAtTick = ticks;
  }

  @Override
  public void kept(Memo memo) {}

  @Override
  public void moved(AuthorityPhase from, AuthorityPhase to) {
    newsAtTick = ticks;
  }

  @Override
  public void end(String reason) {
    throw new IllegalStateException("the authority ended: " + reason);
  }
}
