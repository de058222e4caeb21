package io.shardgrid.node.access;

import io.shardgrid.GridSettings;
import io.shardgrid.autoscale.AutoscaleReport;
import io.shardgrid.bucket.PageBudget;
import io.shardgrid.failure.FailureCode;
import io.shardgrid.health.SecurityFacts;
import io.shardgrid.key.Charter;
import io.shardgrid.key.ClusterReport;
import io.shardgrid.key.DrainReport;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.LinkReport;
import io.shardgrid.key.LossReport;
import io.shardgrid.key.MapsSettings;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MigrationOrder;
import io.shardgrid.key.MigrationReport;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.key.PlanReport;
import io.shardgrid.key.PlanReport.Weighing;
import io.shardgrid.key.Readiness;
import io.shardgrid.key.SteerReport;
import io.shardgrid.key.StrictSettings;
import io.shardgrid.key.VerifyReport;
import io.shardgrid.loader.StoreBook;
import io.shardgrid.meter.NodeMeters;
import io.shardgrid.route.Router;
import io.shardgrid.route.RouterSettings;
import io.shardgrid.route.Transport;
import io.shardgrid.rule.RuleBook;
import io.shardgrid.shard.CopyPace;
import io.shardgrid.shard.ErrandResult;
import io.shardgrid.shard.Invocation;
import io.shardgrid.shard.MemberEchoes;
import io.shardgrid.shard.ReplicaCommons;
import io.shardgrid.shard.ReplicaMemory;
import io.shardgrid.shard.ReplicaSettings;
import io.shardgrid.shard.ShardReplica;
import io.shardgrid.sight.ClusterSight;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A grid of one node without actors: a router above replicas that are run by whoever calls, under a
 * lock each. Operations may be held back, and let go from another thread.
 */
public final class InProcessGrid implements GridAccess {

  /** A member that has no process behind it: operations for it stay unanswered. */
  public static final NodeId OTHER = new NodeId("10.1.2.3", 10172, 2);

  private static final long CLIENT = 1;

  private final NodeId self = new NodeId("127.0.0.1", 10171, 1);
  private final Charter charter;
  private final Router router;
  private final ShardReplica[] replicas;
  private final List<MemberView> members = new CopyOnWriteArrayList<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final HeldBack heldBack = new HeldBack();
  private final SampleRules rules = new SampleRules();
  private final List<String> orders = new CopyOnWriteArrayList<>();
  private volatile @Nullable FailureCode failWith;
  private volatile Readiness readiness = new Readiness(List.of());
  private final AtomicInteger epoch = new AtomicInteger(1);
  private volatile @Nullable CompletionStage<ClusterReport> report;
  private volatile @Nullable CompletionStage<AutoscaleReport> autoscale;
  private volatile @Nullable CompletionStage<ClusterSight> look;

  /** A grid whose shards are all placed on this node. */
  public InProcessGrid(int shards) {
    this(shards, Duration.ofSeconds(5));
  }

  /** The same with a deadline for operations. */
  public InProcessGrid(int shards, Duration timeout) {
    this(shards, timeout, 42);
  }

  /** The same with a seed of its tables' hash. */
  public InProcessGrid(int shards, Duration timeout, long hashSeed) {
    charter = new Charter("test", shards, 0, hashSeed);
    replicas = new ShardReplica[shards];
    RouterSettings settings =
        new RouterSettings(
            timeout,
            1024,
            100_000,
            256 << 20,
            64 << 20,
            Duration.ofMillis(1),
            Duration.ofMillis(10));
    router = new Router(settings, shards, CLIENT, new Inline(), System::nanoTime);
    members.add(member(self, "a", 7171));
    ReplicaCommons commons =
        new ReplicaCommons(
            new ReplicaMemory(MapsSettings.plain(), PageBudget.unlimited()),
            new MemberEchoes(),
            new CopyPace(1 << 30));
    for (int shard = 0; shard < shards; shard++) {
      replicas[shard] =
          new ShardReplica(
              shard,
              charter,
              self,
              replicaSettings(),
              GridSettings.reference().engine().replication(),
              commons);
      place(shard, self);
    }
  }

  private static ReplicaSettings replicaSettings() {
    return new ReplicaSettings(
        1024, 1 << 20, 1024, 1 << 20, 64, Duration.ofMinutes(10), 64, 1000, 1 << 20, 100, 100);
  }

  /** A member as the others see it. */
  public static MemberView member(NodeId id, String name, int respPort) {
    return new MemberView(id, name, "zone", 1, 9171, respPort, 8171, MemberView.Standing.UP);
  }

  /** Adds a member. */
  public void join(MemberView member) {
    members.add(member);
    listeners.forEach(Runnable::run);
  }

  /** Places a shard, at a new epoch; on no node for one that is lost. */
  public void place(int shard, @Nullable NodeId primary) {
    long seat = Epoch.of(1, epoch.incrementAndGet());
    PlacementEntry before = router.placement(shard);
    PlacementEntry entry =
        new PlacementEntry(
            shard,
            seat,
            seat,
            before == null ? Epoch.NONE : before.seat(),
            primary,
            primary == null ? List.of() : List.of(primary));
    synchronized (replicas[shard]) {
      replicas[shard].place(
          entry, System.nanoTime(), System.currentTimeMillis(), new AnswersOnly());
    }
    router.placed(entry);
    listeners.forEach(Runnable::run);
  }

  /** Which operations are not carried out until {@link #letGo}. */
  public void holdBack(Predicate<Operation> which) {
    heldBack.hold(which);
  }

  /** Operations held back now. */
  public int heldBack() {
    return heldBack.size();
  }

  /** Carries out what was held back, and what comes meanwhile, in order on the calling thread. */
  public void letGo() {
    heldBack.letGo();
  }

  /** Has shards answer all operations with this failure; null for no more. */
  public void failWith(@Nullable FailureCode code) {
    failWith = code;
  }

  /** Sets what {@link #readiness} says. */
  public void readiness(Readiness now) {
    readiness = now;
  }

  /** Sets what {@link #report} says. */
  public void report(CompletionStage<ClusterReport> stage) {
    report = stage;
  }

  /** Sets what {@link #autoscale(int)} says. */
  public void autoscale(CompletionStage<AutoscaleReport> stage) {
    autoscale = stage;
  }

  @Override
  public Router router() {
    return router;
  }

  @Override
  public Charter charter() {
    return charter;
  }

  @Override
  public NodeId self() {
    return self;
  }

  @Override
  public List<MemberView> members() {
    return members;
  }

  @Override
  public void batch(Runnable operations) {
    operations.run();
  }

  @Override
  public void operate(Operation operation, AnswerSink back) {
    if (!heldBack.takes(operation, () -> carryOut(operation, back))) {
      carryOut(operation, back);
    }
  }

  @Override
  public void onTopology(Runnable changed) {
    listeners.add(changed);
  }

  @Override
  public Readiness readiness() {
    return readiness;
  }

  @Override
  public CompletionStage<ClusterReport> report() {
    CompletionStage<ClusterReport> given = report;
    return given != null ? given : CompletableFuture.completedFuture(ownReport());
  }

  /** Sets what {@link #look} tells. */
  public void look(CompletionStage<ClusterSight> told) {
    look = told;
  }

  @Override
  public CompletionStage<ClusterSight> look() {
    CompletionStage<ClusterSight> given = look;
    return given != null
        ? given
        : CompletableFuture.completedStage(SampleSight.of(charter, router, members(), self));
  }

  @Override
  public StoreBook stores() {
    return StoreBook.NONE;
  }

  @Override
  public RuleBook rules() {
    return rules;
  }

  @Override
  public SecurityFacts security() {
    return SecurityFacts.UNTOLD;
  }

  @Override
  public LinkReport links() {
    return new LinkReport(
        2,
        30,
        4_000,
        1,
        LinkReport.Refused.NONE,
        List.of(new LinkReport.Lane("replication", 5, 60, 7_000)));
  }

  @Override
  public CompletionStage<LossReport> acceptLoss() {
    return CompletableFuture.completedStage(
        new LossReport(List.of(new LossReport.Beginning(3, self, null)), List.of(5)));
  }

  /** What operators have ordered so far, for tests. */
  public List<String> orders() {
    return List.copyOf(orders);
  }

  @Override
  public CompletionStage<SteerReport> steer(MigrationOrder order, List<Integer> shards) {
    if (order != MigrationOrder.LOOK) {
      orders.add(order + " " + shards);
    }
    return CompletableFuture.completedStage(
        new SteerReport(
            shards.stream().filter(shard -> shard <= 9).toList(),
            shards.stream().filter(shard -> shard > 9).toList(),
            SampleMoves.report(self, OTHER, order == MigrationOrder.PAUSE)));
  }

  @Override
  public CompletionStage<PlanReport> plan(List<Weighing> weights) {
    return CompletableFuture.completedStage(SampleMoves.plan(weights, OTHER));
  }

  @Override
  public CompletionStage<VerifyReport> verify(List<Integer> shards) {
    return CompletableFuture.completedStage(SampleMoves.verdicts(shards, self, OTHER));
  }

  @Override
  public CompletionStage<AutoscaleReport> autoscale(int decisions) {
    CompletionStage<AutoscaleReport> given = autoscale;
    return given != null
        ? given
        : CompletableFuture.completedStage(SampleDecisions.report(self, decisions));
  }

  @Override
  public NodeMeters meters() {
    return new QuietMeters();
  }

  @Override
  public CompletionStage<MigrationReport> migrations() {
    return CompletableFuture.completedStage(SampleMoves.report(self, OTHER, false));
  }

  @Override
  public CompletionStage<DrainReport> drain(@Nullable Duration within) {
    orders.add("drain within " + within);
    return CompletableFuture.completedStage(
        new DrainReport(DrainReport.Outcome.NOBODY_THERE, 16, 3, 300));
  }

  @Override
  public void weight(int weight) {
    StrictSettings.require(weight <= 1000, "grid.weight", "0 to 1000", weight);
    orders.add("weight " + weight);
  }

  private ClusterReport ownReport() {
    long entries = 0;
    for (ShardReplica replica : replicas) {
      synchronized (replica) {
        entries += replica.survey().entries();
      }
    }
    return OwnReport.of(charter, members, self, entries);
  }

  private void carryOut(Operation operation, AnswerSink back) {
    FailureCode code = failWith;
    if (code != null) {
      back.answered(operation, new Answer.Failed(code, "as the test wants it"));
      return;
    }
    ShardReplica replica = replicas[operation.shard()];
    synchronized (replica) {
      AnswersOnly effects = new AnswersOnly();
      replica.operate(operation, back, System.nanoTime(), System.currentTimeMillis(), effects);
      while (!effects.invocations.isEmpty()) {
        Invocation invocation = effects.invocations.remove();
        replica.returned(
            new ErrandResult.Ruled(invocation, rules.ruling(invocation)),
            System.nanoTime(),
            System.currentTimeMillis(),
            effects);
      }
    }
  }

  /** Runs the replicas on the router's thread. */
  private final class Inline implements Transport {
    @Override
    public boolean isLocal(NodeId node) {
      return node.equals(self);
    }

    @Override
    public void execute(Operation operation) {
      operate(
          operation,
          (answered, answer) -> router.answered(answered.shard(), answered.seq(), answer));
    }

    @Override
    public boolean send(NodeId node, Operation operation) {
      return true;
    }
  }
}
