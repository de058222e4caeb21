package io.shardgrid.shard;

import static java.util.Objects.requireNonNull;

import io.shardgrid.key.DigestVerdict;
import io.shardgrid.key.NodeId;
import io.shardgrid.wire.replica.CopyItem;
import io.shardgrid.wire.replica.CopyItem.ClientAnswers;
import io.shardgrid.wire.replica.LoggedWrite;
import io.shardgrid.wire.replica.ReplicaMessage.Copy;
import io.shardgrid.wire.replica.ReplicaMessage.CopyAck;
import io.shardgrid.wire.replica.ReplicaMessage.Verdict;
import java.util.ArrayDeque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A primary's copy of its shard to one learner. Confined to the primary. */
final class CopySource {

  /*
   * One numbered stream: the answers table, then chunks of entries as they are when they are read,
   * and between them every write that was numbered meanwhile, so that what a chunk shows is the
   * state after all writes that are in the stream before it.
   *
   * No item is kept. When one is lost (nothing is acknowledged for a while, or the learner calls
   * one damaged), the source asks which is next and goes back to where it stood when it made that
   * one: writes come from the log again, entries are read again, newer ones perhaps. So an item may
   * come with another content under the same number; the attempt tells them apart, and the learner
   * takes none of an attempt before the one that it was asked in. (Without: it has taken the first
   * form of an item, its word for that is lost, and the second form, with other writes in it, is
   * taken for a repeat.)
   */
  private static final Logger LOG = LoggerFactory.getLogger(CopySource.class);
  private static final int RESTARTS_MAX = 3;
  private static final int SILENCES_MAX = 2;
  private static final long RESET = -1;

  private final ReplicaState replica;
  private final ReplicationSettings settings;
  private final CopyPace pace;
  private final NodeId target;
  private final ArrayDeque<Sent> unacknowledged = new ArrayDeque<>();
  private CopyState state = CopyState.SCANNING;
  private long stream;
  private int attempt;
  private long now;
  private int restarts;
  private boolean isResuming;
  private long next;
  private long tableItems;
  private int mapsToScan;
  private Position position = new Position(0, 0, 0, false);
  private long resetSeq;
  private long endSeq;
  private final RetryTimer retry;
  private final CopyWindow window;
  private long progressNanos;
  private long heardNanos;
  private long resumedNanos;
  private long bytesSent;
  private DigestVerdict digest = DigestVerdict.NOT_YET;
  private CopyEnd end = CopyEnd.NONE;

  /** Where the source stood before it made an item: writes sent, map, place in its scan. */
  private record Position(long seq, int map, long cursor, boolean isScanned) {}

  private record Sent(long index, Position before, boolean isChunk, long sentNanos) {}

  CopySource(
      ReplicaState replica,
      ReplicationSettings settings,
      CopyPace pace,
      NodeId target,
      long firstStream,
      long nowNanos) {
    this.replica = replica;
    this.settings = settings;
    this.pace = pace;
    this.target = target;
    this.stream = firstStream;
    this.now = nowNanos;
    this.heardNanos = nowNanos;
    this.retry = new RetryTimer(2 * settings.heartbeat().toNanos(), settings.silence().toNanos());
    this.window = new CopyWindow(settings.chunksMax(), settings.copyLatencyMax());
    begin();
  }

  NodeId target() {
    return target;
  }

  CopyState state() {
    return state;
  }

  /** Number of the stream, so that the next one has a higher number. */
  long stream() {
    return stream;
  }

  /** How far it has come. */
  Survey.Filling filling() {
    return new Survey.Filling(target, state, bytesSent, digest, end);
  }

  /** Number of the last write in the copy; it is known once all of it was sent. */
  long endSeq() {
    return endSeq;
  }

  /** Writes above this number may have to be sent again. */
  long keepsLogFrom() {
    if (state == CopyState.SYNCING) {
      return Long.MAX_VALUE;
    }
    Sent oldest = unacknowledged.peek();
    if (oldest == null) {
      return position.seq() == RESET ? Long.MAX_VALUE : position.seq();
    }
    return oldest.before().seq() == RESET ? resetSeq : oldest.before().seq();
  }

  private void begin() {
    unacknowledged.clear();
    window.lost();
    isResuming = false;
    next = 0;
    tableItems = 1;
    position = new Position(RESET, 0, 0, false);
    progressNanos = now;
  }

  /** Sends what may be sent now but chunks. */
  void pump(long nowNanos, ReplicaEffects effects) {
    if (state != CopyState.SCANNING && state != CopyState.ENDING) {
      return;
    }
    now = nowNanos;
    if (now - heardNanos >= SILENCES_MAX * settings.silence().toNanos()) {
      // It would take its share of what the node may send for nothing, for ever.
      abort(CopyEnd.LEARNER_SILENT, effects);
      return;
    }
    boolean isStuck = now - progressNanos >= retry.nanos() && !unacknowledged.isEmpty();
    if (isStuck && !isResuming) {
      retry.expired();
      resume(effects);
    }
    if (isResuming && now - resumedNanos >= settings.heartbeat().toNanos()) {
      askNext(effects);
    }
    if (isResuming) {
      return;
    }
    boolean keepsLog = keepsLogFrom() == replica.log.base();
    if (keepsLog && replica.log.bytes() > settings.copyBacklogBytesMax()) {
      abort(CopyEnd.BACKLOG, effects);
      return;
    }
    if (state == CopyState.SCANNING) {
      produce(false, effects);
    }
  }

  /** Sends the next chunk if it may be sent now. */
  void fill(long nowNanos, ReplicaEffects effects) {
    now = nowNanos;
    if (hasMore()) {
      produce(true, effects);
    }
  }

  private void produce(boolean withChunk, ReplicaEffects effects) {
    if (position.seq() == RESET) {
      sendReset(effects);
    }
    sendWrites(effects);
    if (withChunk) {
      sendChunk(effects);
    }
    if (position.isScanned()) {
      endSeq = position.seq();
      CopyItem.End end =
          new CopyItem.End(endSeq, Math.min(endSeq, replica.commit), replica.store.digest());
      send(end, position, effects);
      move(CopyState.ENDING, effects);
    }
  }

  /** Whether the next chunk may be sent: one a turn, so that operations get theirs. */
  boolean hasMore() {
    return state == CopyState.SCANNING
        && !isResuming
        && !position.isScanned()
        && window.isOpen()
        && pace.isOpen(now);
  }

  private void sendReset(ReplicaEffects effects) {
    ShardStore store = replica.store;
    long seq = store.sequence();
    resetSeq = seq;
    // A map that is made later comes with its writes.
    mapsToScan = store.maps().count();
    Position after = new Position(seq, 0, 0, mapsToScan == 0);
    for (List<ClientAnswers> part : store.answers().snapshot(settings.chunkBytes())) {
      CopyItem item =
          next == 0
              ? new CopyItem.Reset(seq, store.wallMillis(), part)
              : new CopyItem.Clients(part);
      send(item, after, effects);
    }
    tableItems = next;
  }

  private void sendWrites(ReplicaEffects effects) {
    while (position.seq() < replica.log.length()) {
      List<LoggedWrite> writes = replica.log.after(position.seq(), settings.appendBytesMax());
      Position after =
          new Position(
              position.seq() + writes.size(),
              position.map(),
              position.cursor(),
              position.isScanned());
      send(new CopyItem.Writes(writes), after, effects);
    }
  }

  private void sendChunk(ReplicaEffects effects) {
    ChunkReader.Read read =
        ChunkReader.read(
            replica.store.maps(), position.map(), position.cursor(), settings.chunkBytes());
    long cursor = read.cursor();
    int nextMap = cursor == 0 ? position.map() + 1 : position.map();
    Position after = new Position(position.seq(), nextMap, cursor, nextMap == mapsToScan);
    window.sent();
    pace.sent(read.chunk().bytes());
    send(read.chunk(), after, effects);
  }

  private void send(CopyItem item, Position after, ReplicaEffects effects) {
    if (unacknowledged.isEmpty()) {
      progressNanos = now;
    }
    unacknowledged.add(new Sent(next, position, item instanceof CopyItem.Chunk, now));
    sendItem(next, item, effects);
    bytesSent += item.bytes();
    position = after;
    next++;
  }

  private void sendItem(long index, CopyItem item, ReplicaEffects effects) {
    effects.send(
        target,
        new Copy(
            replica.shard,
            replica.seat,
            requireNonNull(replica.placement),
            stream,
            attempt,
            index,
            item));
  }

  /** The learner's word on what came. */
  void acknowledged(CopyAck ack, long nowNanos, ReplicaEffects effects) {
    // Whatever it is about: a learner that is slow is not silent.
    heardNanos = nowNanos;
    boolean isOpen = state == CopyState.SCANNING || state == CopyState.ENDING;
    if (!isOpen || ack.stream() != stream || ack.attempt() != attempt) {
      return;
    }
    now = nowNanos;
    switch (ack.verdict()) {
      case INTACT -> advance(ack.next(), effects);
      case DAMAGED -> {
        advance(ack.next(), effects);
        if (!isResuming) {
          resume(effects);
        }
      }
      case DIFFERENT, UNKNOWN -> restart(ack.verdict(), effects);
    }
  }

  private void advance(long wanted, ReplicaEffects effects) {
    while (!unacknowledged.isEmpty() && unacknowledged.peek().index() < wanted) {
      Sent sent = unacknowledged.remove();
      progressNanos = now;
      retry.acknowledged(now - sent.sentNanos());
      if (sent.isChunk()) {
        window.acknowledged(now - sent.sentNanos());
      }
    }
    if (isResuming) {
      goBack(effects);
    }
    if (state == CopyState.ENDING && unacknowledged.isEmpty()) {
      digest = DigestVerdict.MATCHED;
      move(CopyState.SYNCING, effects);
    }
  }

  /** Everything before the oldest unacknowledged item has arrived: goes on from there. */
  private void goBack(ReplicaEffects effects) {
    isResuming = false;
    progressNanos = now;
    Sent oldest = unacknowledged.peek();
    if (oldest == null) {
      return;
    }
    position = oldest.before();
    next = oldest.index();
    unacknowledged.clear();
    window.lost();
    if (state == CopyState.ENDING) {
      move(CopyState.SCANNING, effects);
    }
  }

  private void resume(ReplicaEffects effects) {
    if (firstUnacknowledged() < tableItems) {
      // Not under the old number: a learner that has begun would take it for a repeat, and the
      // table of answers is another one by now.
      beginAnew(effects);
      return;
    }
    attempt++;
    isResuming = true;
    LOG.atDebug().addKeyValue("shard", replica.shard).log("A copy goes back: {}", this);
    askNext(effects);
  }

  private void askNext(ReplicaEffects effects) {
    resumedNanos = now;
    sendItem(0, CopyItem.Resume.INSTANCE, effects);
  }

  private long firstUnacknowledged() {
    Sent oldest = unacknowledged.peek();
    return oldest == null ? next : oldest.index();
  }

  private void restart(Verdict verdict, ReplicaEffects effects) {
    restarts++;
    LOG.atWarn()
        .addKeyValue("shard", replica.shard)
        .log("A copy begins anew: verdict={}, restarts={}, {}", verdict, restarts, this);
    digest = verdict == Verdict.DIFFERENT ? DigestVerdict.DIFFERED : digest;
    if (restarts > RESTARTS_MAX) {
      abort(CopyEnd.DIFFERENT, effects);
    } else {
      beginAnew(effects);
    }
  }

  private void beginAnew(ReplicaEffects effects) {
    stream++;
    begin();
    if (state == CopyState.ENDING) {
      move(CopyState.SCANNING, effects);
    }
  }

  /** The learner is in the in-sync set. */
  void done(ReplicaEffects effects) {
    if (state == CopyState.SYNCING) {
      move(CopyState.DONE, effects);
    }
  }

  void abort(CopyEnd why, ReplicaEffects effects) {
    if (state != CopyState.DONE && state != CopyState.ABORTED) {
      end = why;
      LOG.atInfo()
          .addKeyValue("shard", replica.shard)
          .log("A copy is given up: cause={}, {}", why.text(), this);
      move(CopyState.ABORTED, effects);
    }
  }

  private void move(CopyState newState, ReplicaEffects effects) {
    if (!state.canBecome(newState)) {
      throw new IllegalStateException("no such move of a copy: " + this + ", to=" + newState);
    }
    CopyState before = state;
    state = newState;
    LOG.atDebug().addKeyValue("shard", replica.shard).log("A copy goes on: {}", this);
    effects.copyMoved(before, filling());
  }

  @Override
  public String toString() {
    return "shard=%d, target=%s, state=%s, stream=%d, attempt=%d, next=%d, bytes=%d"
        .formatted(replica.shard, target, state, stream, attempt, next, bytesSent);
  }
}
