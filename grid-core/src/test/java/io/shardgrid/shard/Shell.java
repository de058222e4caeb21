package io.shardgrid.shard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.shardgrid.bucket.PageBudget;
import io.shardgrid.key.Charter;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.MapsSettings;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A replica under test, with its time in the test's hands and its effects written down. */
final class Shell implements Effects {

  static final int SHARD = 3;
  static final String MAP = "cities";
  static final long CLIENT = 77;
  private static final long READER = 78;
  static final long SEAT = Epoch.of(1, 1);
  static final NodeId A = new NodeId("a", 1, 1);
  static final NodeId B = new NodeId("b", 1, 2);
  static final NodeId C = new NodeId("c", 1, 3);
  static final ReplicaSettings SETTINGS =
      new ReplicaSettings(8, 4096, 16, 4096, 4, Duration.ofMinutes(10), 3, 100, 1024, 10, 100);

  private static final long DEADLINE_NANOS = 5_000_000_000L;
  private static final AnswerSink NOBODY = (operation, answer) -> {};

  final NodeId self;
  final Replica replica;
  final List<Answered> answered = new ArrayList<>();
  final List<Sent> yields = new ArrayList<>();
  final List<Sent> acknowledgements = new ArrayList<>();
  final List<Refused> refused = new ArrayList<>();
  final List<PlacementEntry> taken = new ArrayList<>();
  long nowNanos = 1_000;
  long wallMillis = 1_000_000;
  long minEpoch = SEAT;
  private long seq;
  private long readerSeq;

  record Answered(Operation operation, Answer answer) {}

  record Sent(NodeId to, Yield yield) {}

  record Refused(PlacementEntry entry, NodeId holder, long length) {}

  Shell(NodeId self) {
    this(self, SETTINGS, PageBudget.unlimited());
  }

  Shell(NodeId self, ReplicaSettings settings, PageBudget budget) {
    this(self, settings, MapsSettings.plain(), budget);
  }

  Shell(NodeId self, ReplicaSettings settings, MapsSettings maps, PageBudget budget) {
    this.self = self;
    ReplicaMemory memory = new ReplicaMemory(maps, budget);
    this.replica = new Replica(SHARD, new Charter("test", 8, 0, 42), self, settings, memory);
  }

  /** A replica that acts in {@link #SEAT}. */
  static Shell acting() {
    return acting(SETTINGS, PageBudget.unlimited());
  }

  static Shell acting(ReplicaSettings settings, PageBudget budget) {
    return acting(settings, MapsSettings.plain(), budget);
  }

  static Shell acting(ReplicaSettings settings, MapsSettings maps, PageBudget budget) {
    Shell shell = new Shell(A, settings, maps, budget);
    shell.place(placement(SEAT, Epoch.NONE, A));
    return shell;
  }

  static PlacementEntry placement(long seat, long prevSeat, @Nullable NodeId primary) {
    return new PlacementEntry(
        SHARD, seat, seat, prevSeat, primary, primary == null ? List.of() : List.of(primary));
  }

  void place(PlacementEntry entry) {
    replica.place(entry, nowNanos, wallMillis, this);
  }

  void yielded(NodeId from, Yield yield) {
    replica.yielded(from, yield, nowNanos, wallMillis, this);
  }

  void tick() {
    replica.tick(nowNanos, wallMillis, this);
  }

  void passMillis(long millis) {
    nowNanos += millis * 1_000_000;
    wallMillis += millis;
  }

  Operation operation(long client, long number, long doneBelow, Request request) {
    return new Operation(
        MAP, SHARD, client, number, doneBelow, minEpoch, 0, nowNanos + DEADLINE_NANOS, request);
  }

  void send(Operation operation) {
    replica.operate(operation, NOBODY, nowNanos, wallMillis, this);
  }

  /** Sends a new operation of {@link #CLIENT}; what it is answered with at once, or null. */
  @Nullable Answer tell(Request request) {
    seq++;
    return tell(operation(CLIENT, seq, seq, request));
  }

  @Nullable Answer tell(Operation operation) {
    int before = answered.size();
    send(operation);
    return answered.size() == before ? null : answered.get(answered.size() - 1).answer();
  }

  Answer ask(Request request) {
    Answer answer = tell(request);
    if (answer == null) {
      throw new AssertionError("not answered: " + request);
    }
    return answer;
  }

  /** The value of a key, or null; read by a client of its own. */
  @Nullable String read(String key) {
    readerSeq++;
    Answer answer = tell(operation(READER, readerSeq, readerSeq, get(key)));
    if (answer instanceof Answer.Entry entry && entry.value() != null) {
      return new String(entry.value(), UTF_8);
    }
    return null;
  }

  boolean isActing() {
    return replica.survey().acting();
  }

  long sequence() {
    return replica.survey().sequence();
  }

  List<Long> answeredSeqs() {
    return answered.stream().map(one -> one.operation().seq()).toList();
  }

  List<Answer.Kind> answerKinds() {
    return answered.stream().map(one -> one.answer().kind()).toList();
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  static Request.Put put(String key, String value) {
    return new Request.Put(bytes(key), bytes(value), Expiry.NEVER, Condition.ALWAYS, false);
  }

  static Request.Put put(String key, String value, Expiry expiry) {
    return new Request.Put(bytes(key), bytes(value), expiry, Condition.ALWAYS, false);
  }

  static Request.Put putIf(String key, String value, Condition condition) {
    return new Request.Put(bytes(key), bytes(value), Expiry.NEVER, condition, true);
  }

  static Request.Get get(String key) {
    return new Request.Get(bytes(key));
  }

  @Override
  public void answer(Operation operation, AnswerSink to, Answer answer) {
    answered.add(new Answered(operation, answer));
  }

  @Override
  public void yieldTo(NodeId to, Yield yield) {
    yields.add(new Sent(to, yield));
  }

  @Override
  public void acknowledge(NodeId to, Yield yield) {
    acknowledgements.add(new Sent(to, yield));
  }

  @Override
  public void cannotTake(PlacementEntry entry, NodeId holder, long length) {
    refused.add(new Refused(entry, holder, length));
  }

  @Override
  public void taken(PlacementEntry entry) {
    taken.add(entry);
  }
}
