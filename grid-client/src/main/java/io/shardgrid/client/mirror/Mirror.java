package io.shardgrid.client.mirror;

import io.shardgrid.failure.GridOverloadedException;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.Slot;
import io.shardgrid.route.Outcome;
import io.shardgrid.route.Router;
import io.shardgrid.route.Transport;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks production what a router hands over, and the canary the same: the one place where the copies
 * of operations are made. Thread-safe; nothing here waits.
 */
final class Mirror implements Transport {

  /*
   * The router hands the operations of a shard over one after the other. Each is asked of production
   * first and of the canary right behind it, and both clients keep the order of a shard: so the
   * writes of a key reach both clusters in the order in which this process was asked, and a read
   * sees the same writes of this process on both sides. For that the router must not go on before
   * the copy was sent, even if production has answered already (RouterCaller).
   *
   * What cannot be copied exactly marks the key as out of step, and what is out of step is neither
   * compared nor answered by the canary until it has been copied anew: writes for which there was no
   * room, or whose outcome differs or is unknown, and writes that depend on a version, as versions of
   * two clusters are never equal.
   */
  static final NodeId HERE = new NodeId("mirror", 1, 1);

  private static final long MARGIN_PART = 10;
  private static final long MARGIN_NANOS_MAX = 20_000_000;

  private final MirrorCluster production;
  private final MirrorSettings settings;
  private final Judge judge;
  private final ComparisonQueue queue;
  private final LongSupplier nanoClock;
  private final Room room;
  private final MirrorTally tally = new MirrorTally();
  private final WritesUnderWay writes = new WritesUnderWay();
  private final OutOfStep outOfStep;
  private final AtomicLong lastNumber = new AtomicLong();
  private volatile MirrorMode mode;
  private volatile DyeRules rules;
  private volatile @Nullable MirrorCluster canary;
  private volatile @Nullable Router router;

  Mirror(
      MirrorCluster production,
      MirrorSettings settings,
      Judge judge,
      ComparisonQueue queue,
      LongSupplier nanoClock) {
    this.production = production;
    this.settings = settings;
    this.judge = judge;
    this.queue = queue;
    this.nanoClock = nanoClock;
    this.mode = settings.mode();
    this.rules = settings.dye();
    this.room = new Room(settings.inFlightMax(), settings.inFlightBytesMax());
    this.outOfStep = new OutOfStep(settings.outOfStepMax());
  }

  /** The router that hands over; set once, before the first operation. */
  void answers(Router to) {
    router = to;
  }

  /** The canary is connected. */
  void connected(MirrorCluster to) {
    canary = to;
  }

  @Nullable MirrorCluster canary() {
    return canary;
  }

  MirrorCluster production() {
    return production;
  }

  WritesUnderWay writes() {
    return writes;
  }

  OutOfStep outOfStep() {
    return outOfStep;
  }

  MirrorTally tally() {
    return tally;
  }

  MirrorMode mode() {
    return mode;
  }

  void mode(MirrorMode wanted) {
    if (mode == MirrorMode.OFF && wanted != MirrorMode.OFF) {
      // Nothing was copied meanwhile.
      outOfStep.markAll();
    }
    mode = wanted;
  }

  DyeRules rules() {
    return rules;
  }

  void rules(DyeRules wanted) {
    if (wanted.copiesBeyond(rules)) {
      outOfStep.markAll();
    }
    rules = wanted;
  }

  LongSupplier nanoClock() {
    return nanoClock;
  }

  long nanoTime() {
    return nanoClock.getAsLong();
  }

  @Override
  public boolean isLocal(NodeId node) {
    return true;
  }

  @Override
  public boolean send(NodeId node, Operation operation) {
    return false;
  }

  @Override
  public void execute(Operation operation) {
    tally.operations.increment();
    RouterCaller told = new RouterCaller(router, operation);
    try {
      handOver(operation, told);
    } finally {
      told.handedOver();
    }
  }

  private void handOver(Operation operation, RouterCaller told) {
    Tag tag = Tag.of(operation.map());
    Request request = operation.request();
    if (mode == MirrorMode.OFF || (!rules.isAbout(tag.map()) && !isOfAllMaps(request))) {
      askProduction(operation, tag.map(), told);
      return;
    }
    byte[] key = MirrorRequests.keyOf(request);
    if (key != null) {
      one(operation, tag, key, told);
    } else if (!MirrorRequests.keysOf(request).isEmpty()) {
      several(operation, tag, told);
    } else if (request.kind() == Request.Kind.CLEAR || isOfAllMaps(request)) {
      whole(operation, tag.map(), told);
    } else {
      askProduction(operation, tag.map(), told);
    }
  }

  private static boolean isOfAllMaps(Request request) {
    return request.kind() == Request.Kind.CLEAR_ALL;
  }

  private void askProduction(Operation operation, String map, Outcome outcome) {
    long left = operation.deadlineNanos() - nanoTime();
    // A little less than the router itself waits, so that production's own error comes first.
    long margin = Math.min(left / MARGIN_PART, MARGIN_NANOS_MAX);
    production.ask(
        map, operation.shard(), operation.request(), Math.max(1, left - margin), outcome);
  }

  // ---- one key

  private void one(Operation operation, Tag tag, byte[] key, RouterCaller told) {
    Request request = operation.request();
    DyeRules now = rules;
    boolean isDyed = now.isDyed(tag.map(), key, request.kind(), tag.tag());
    boolean isCopied = request.kind().isWrite() && now.copies(tag.map(), key);
    if (!isDyed && !isCopied) {
      askProduction(operation, tag.map(), told);
      return;
    }
    Duet duet = begin(new KeyRef(tag.map(), key), request, isDyed, told);
    askProduction(operation, tag.map(), duet);
    copy(duet, request);
  }

  private Duet begin(KeyRef key, Request request, boolean isDyed, Duet.@Nullable Caller caller) {
    boolean isWrite = request.kind().isWrite();
    if (isWrite) {
      writes.begin(key);
    }
    if (isDyed) {
      tally.dyed.increment();
    }
    boolean isVersioned = MirrorRequests.isVersioned(request);
    if (isVersioned) {
      outOfStep.mark(key);
    }
    boolean isDoubtful = outOfStep.contains(key);
    long bytes = MirrorRequests.bytesOf(request);
    // A read of what is out of step shows nothing; a write may be what brings it in step.
    boolean isUseful = !isVersioned && (isWrite || !isDoubtful);
    boolean isSent = isUseful && canary != null && room.take(bytes);
    if (isUseful && !isSent) {
      tally.dropped.increment();
    }
    boolean isAnswered = isDyed && !isDoubtful && mode == MirrorMode.CANARY && caller != null;
    Duet.Ask ask =
        new Duet.Ask(
            lastNumber.incrementAndGet(),
            key,
            request.kind(),
            isDyed,
            isAnswered,
            isDoubtful,
            bytes);
    return new Duet(this, ask, caller, isSent);
  }

  private void copy(Duet duet, Request request) {
    MirrorCluster to = canary;
    if (!duet.isSent() || to == null) {
      return;
    }
    tally.copied.increment();
    KeyRef key = duet.ask().key();
    int shard = Slot.shardOf(Slot.of(key.key()), to.shards());
    to.ask(key.map(), shard, request, settings.canaryTimeout().toNanos(), duet.canarySide());
  }

  /**
   * What a caller gets in the mode canary: the canary's answer with production's version, unless
   * the canary may lack an earlier write, of which nothing was known when it was asked.
   */
  SideReply chosen(Duet.Ask ask, SideReply ofProduction, @Nullable SideReply ofCanary) {
    if (ofProduction.isSuccess() && isBehind(ask)) {
      tally.fallBacks.increment();
      return ofProduction;
    }
    if (ofCanary == null || !ofCanary.isSuccess() || !ofProduction.isSuccess()) {
      boolean isSame = ofCanary != null && ofProduction.errorClass().equals(ofCanary.errorClass());
      if (!isSame && ofProduction.isSuccess()) {
        tally.fallBacks.increment();
      }
      return ofProduction;
    }
    Answer answer = ofCanary.answer();
    if (answer instanceof Answer.Entry entry) {
      answer =
          new Answer.Entry(
              entry.value(),
              entry.length(),
              ofProduction.version(),
              entry.deadlineMillis(),
              entry.leftMillis());
    } else if (answer instanceof Answer.Stored stored) {
      answer = new Answer.Stored(stored.applied(), ofProduction.version(), stored.previous());
    }
    return answer == null ? ofProduction : SideReply.of(answer);
  }

  private boolean isBehind(Duet.Ask ask) {
    return outOfStep.contains(ask.key()) || writes.isWrittenBeside(ask.key(), ask.isWrite());
  }

  /** Both sides have ended, or production if the canary was not asked. */
  void ended(Duet duet, SideReply ofProduction, @Nullable SideReply ofCanary) {
    Duet.Ask ask = duet.ask();
    if (duet.isSent()) {
      room.give(ask.bytes());
    }
    if (isRefused(ofCanary)) {
      tally.dropped.increment();
    } else if (ofCanary != null && ofCanary.failure() != null) {
      tally.failed.increment();
    }
    if (ask.isWrite()) {
      if (ofCanary == null || !isInStep(ofProduction, ofCanary)) {
        outOfStep.mark(ask.key());
      }
      writes.end(ask.key());
    }
  }

  /** Whether a write has had the same effect on both sides, as far as their outcomes tell. */
  private static boolean isInStep(SideReply ofProduction, SideReply ofCanary) {
    return (ofProduction.isSuccess() && ofCanary.isSuccess())
        || (ofProduction.answer() instanceof Answer.Failed
            && ofCanary.answer() instanceof Answer.Failed);
  }

  /** The canary's client had no room: the copy was dropped, and is no failure of the canary. */
  private static boolean isRefused(@Nullable SideReply ofCanary) {
    return ofCanary != null && ofCanary.failure() instanceof GridOverloadedException;
  }

  /** What both have answered is compared, if that is wanted and can be. */
  void compare(Duet.Ask ask, SideReply ofProduction, @Nullable SideReply ofCanary) {
    if (!ask.isDyed()) {
      return;
    }
    if (ask.isDoubtful() || (ofCanary != null && ofCanary.isSuccess() && isDoubtfulNow(ask))) {
      judge.inconclusive(Inconclusive.OUT_OF_STEP);
    } else if (ofCanary != null
        && !isRefused(ofCanary)
        && !queue.offer(
            new Comparison(ask.number(), ask.key(), ask.kind(), ofProduction, ofCanary))) {
      judge.inconclusive(Inconclusive.TOO_MANY);
    }
  }

  private boolean isDoubtfulNow(Duet.Ask ask) {
    return outOfStep.contains(ask.key());
  }

  // ---- several keys

  /** Production is asked for all at once, the canary key by key. */
  private void several(Operation operation, Tag tag, RouterCaller told) {
    Request request = operation.request();
    List<byte[]> keys = MirrorRequests.keysOf(request);
    List<@Nullable Duet> duets = new ArrayList<>(keys.size());
    DyeRules now = rules;
    for (int number = 0; number < keys.size(); number++) {
      byte[] key = keys.get(number);
      boolean isCompared =
          !request.kind().isWrite() && now.isDyed(tag.map(), key, request.kind(), tag.tag());
      boolean isCopied = request.kind().isWrite() && now.copies(tag.map(), key);
      duets.add(
          isCompared || isCopied
              ? begin(
                  new KeyRef(tag.map(), key),
                  MirrorRequests.single(request, number),
                  isCompared,
                  null)
              : null);
    }
    askProduction(operation, tag.map(), new SeveralKeys(told, duets));
    for (int number = 0; number < keys.size(); number++) {
      Duet duet = duets.get(number);
      if (duet != null) {
        copy(duet, MirrorRequests.single(request, number));
      }
    }
  }

  // ---- whole shards

  /** Clears are copied shard by shard if both clusters have as many. */
  private void whole(Operation operation, String map, RouterCaller told) {
    writes.beginAll();
    askProduction(operation, map, told);
    MirrorCluster to = canary;
    boolean isOfAll = isOfAllMaps(operation.request());
    boolean isCopied =
        to != null
            && to.shards() == production.shards()
            && (!isOfAll || rules.maps().isEmpty())
            && room.take(0);
    if (!isCopied || to == null) {
      tally.dropped.increment();
      lackClear(map, isOfAll);
      writes.endAll();
      return;
    }
    tally.copied.increment();
    to.ask(
        map,
        operation.shard(),
        operation.request(),
        settings.canaryTimeout().toNanos(),
        new ClearedShard(this, room, map, isOfAll));
  }

  /** The canary may not have been cleared. */
  void lackClear(String map, boolean isOfAll) {
    if (isOfAll) {
      outOfStep.markAll();
    } else {
      outOfStep.markMap(map);
    }
  }
}
