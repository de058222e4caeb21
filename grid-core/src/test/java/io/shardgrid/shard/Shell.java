package io.shardgrid.shard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.shardgrid.GridSettings;
import io.shardgrid.bucket.PageBudget;
import io.shardgrid.key.Charter;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.MapsSettings;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.loader.StorePolicies;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.replica.LoggedWrite;
import io.shardgrid.wire.replica.ReplicaMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A replica under test, with its time in the test's hands and its effects written down. */
final class Shell implements ReplicaEffects {

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

  private static final ReplicationSettings REPLICATION =
      GridSettings.reference().engine().replication();
  private static final long DEADLINE_NANOS = 5_000_000_000L;
  private static final AnswerSink NOBODY = (operation, answer) -> {};

  final NodeId self;
  final ShardReplica replica;
  final List<Answered> answered = new ArrayList<>();
  final List<Long> told = new ArrayList<>();
  final List<Operation> dropped = new ArrayList<>();
  final List<PlacementEntry> taken = new ArrayList<>();
  final List<ReplicaMessage> sent = new ArrayList<>();
  final List<Long> pauses = new ArrayList<>();
  boolean mayDiverge;
  long nowNanos = 1_000;
  long wallMillis = 1_000_000;

  /** How long the process stands still in the midst of each turn. */
  long standstillNanos;

  /** How often it looks at the clock anew in a turn before that. */
  int looksBeforeStandstill;

  /** Who has answered this node. */
  final MemberEchoes echoes = new MemberEchoes();

  long minEpoch = SEAT;
  private long seq;
  private long readerSeq;
  final List<Invocation> invoked = new ArrayList<>();
  final List<StoreErrand> asked = new ArrayList<>();

  /** Rules of this name are known to change nothing. */
  static final String READING_RULE = "looks";

  record Answered(Operation operation, Answer answer) {}

  Shell(NodeId self) {
    this(self, SETTINGS, PageBudget.unlimited());
  }

  Shell(NodeId self, ReplicaSettings settings, PageBudget budget) {
    this(self, settings, MapsSettings.plain(), budget);
  }

  Shell(NodeId self, ReplicaSettings settings, MapsSettings maps, PageBudget budget) {
    this(self, settings, maps, budget, null);
  }

  Shell(
      NodeId self,
      ReplicaSettings settings,
      MapsSettings maps,
      PageBudget budget,
      @Nullable StorePolicies stores) {
    this.self = self;
    ReplicaCommons commons =
        new ReplicaCommons(
            new ReplicaMemory(maps, budget), echoes, new CopyPace(1 << 20), null, stores);
    this.replica =
        new ShardReplica(
            SHARD, new Charter("test", 8, 0, 42), self, settings, REPLICATION, commons);
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
    flush();
  }

  private void flush() {
    while (replica.isFlushDue() || replica.isFillDue()) {
      if (replica.isFlushDue()) {
        replica.flush(nowNanos(), this);
      } else {
        replica.fill(nowNanos, this);
      }
    }
  }

  void tick() {
    replica.tick(nowNanos, wallMillis, this);
    flush();
  }

  /** Takes what the other replica has sent so far. */
  void receiveAllFrom(Shell other) {
    List<ReplicaMessage> messages = List.copyOf(other.sent);
    other.sent.clear();
    for (ReplicaMessage message : messages) {
      replica.receive(other.self, message, nowNanos, wallMillis, this);
      flush();
    }
  }

  /** A rule has decided. */
  void decided(Invocation invocation, Ruling ruling) {
    returned(new ErrandResult.Ruled(invocation, ruling));
  }

  /** Something has come of what was asked outside of the turns. */
  void returned(ErrandResult result) {
    replica.returned(result, nowNanos, wallMillis, this);
    flush();
  }

  Answer lastAnswer() {
    return answered.get(answered.size() - 1).answer();
  }

  /** Has the backups compare. */
  void check() {
    replica.check();
    flush();
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
    send(operation, NOBODY);
  }

  private void send(Operation operation, AnswerSink from) {
    replica.operate(operation, from, nowNanos, wallMillis, this);
    flush();
  }

  /** An operation comes from another node. */
  void sendFrom(NodeId node, Operation operation) {
    send(
        operation,
        new AnswerSink() {
          @Override
          public void answered(Operation asked, Answer answer) {}

          @Override
          public NodeId node() {
            return node;
          }
        });
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

  /** What a read is answered with at once by the placement of this epoch, or null. */
  @Nullable Answer readNow(String key, long byEpoch) {
    Answer answer = replica.atOnce(MAP, get(key), byEpoch, nowNanos, wallMillis, this);
    flush();
    return answer;
  }

  /** What a write is answered with at once by the placement of this epoch, or null. */
  @Nullable Answer writeNow(Request request, long byEpoch) {
    Answer answer = replica.atOnce(MAP, request, byEpoch, nowNanos, wallMillis, this);
    flush();
    return answer;
  }

  boolean isActing() {
    return replica.survey().role() == Survey.Role.PRIMARY;
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
  public long nowNanos() {
    looksBeforeStandstill--;
    return looksBeforeStandstill >= 0 ? nowNanos : nowNanos + standstillNanos;
  }

  @Override
  public void answer(Operation operation, AnswerSink to, Answer answer) {
    answered.add(new Answered(operation, answer));
  }

  @Override
  public void tellOwn(int shard, LoggedWrite write) {
    told.add(write.seq());
  }

  @Override
  public void drop(Operation operation, AnswerSink to) {
    dropped.add(operation);
  }

  @Override
  public boolean isKnownToRead(String rule) {
    return rule.equals(READING_RULE);
  }

  @Override
  public void invoke(Invocation invocation, Operation operation) {
    invoked.add(invocation);
  }

  @Override
  public void ask(StoreErrand errand) {
    asked.add(errand);
  }

  @Override
  public void send(NodeId to, ReplicaMessage message) {
    sent.add(message);
  }

  @Override
  public void addInSync(PlacementEntry base, NodeId node) {}

  @Override
  public void removeInSync(PlacementEntry base, NodeId node) {}

  @Override
  public void placed(PlacementEntry entry) {}

  @Override
  public void taken(PlacementEntry entry) {
    taken.add(entry);
  }

  @Override
  public void diverged(NodeId node, long seq) {
    if (!mayDiverge) {
      throw new AssertionError("diverged: node=" + node + ", seq=" + seq);
    }
  }

  @Override
  public void copyMoved(CopyState from, Survey.Filling copy) {}

  @Override
  public void handedOver(long seat, long pauseNanos) {
    pauses.add(pauseNanos);
  }
}
