package io.shardgrid.node.drill;

import io.shardgrid.client.GridClient;
import io.shardgrid.failure.GridMemoryExceededException;
import io.shardgrid.failure.GridOverloadedException;
import io.shardgrid.failure.GridTimeoutException;
import io.shardgrid.history.Bytes;
import io.shardgrid.history.EntryInput;
import io.shardgrid.history.EntryOutput;
import io.shardgrid.history.HistoryRecorder;
import io.shardgrid.history.KeyHistory;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import io.shardgrid.map.EntryView;
import io.shardgrid.node.cli.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes at a fixed rate, whatever becomes of the operations before (an open loop), each
 * shard in turn, and records every operation.
 *
 * <p>Confined to one thread but for its own and those that complete operations.
 */
final class RecordedLoad {

  /** The map that it uses. */
  static final String MAP = "drill";

  private static final int FILL_IN_FLIGHT = 64;

  /** More than an operation may last. */
  private static final Duration END_MAX = Duration.ofSeconds(20);

  private final AsyncMap<String, String> map;
  private final Keys keys;
  private final long periodNanos;
  private final HistoryRecorder<EntryInput, EntryOutput> recorder = new HistoryRecorder<>();
  private final List<Sample> samples = new ArrayList<>();
  private final Map<String, Integer> failures = new TreeMap<>();
  private final Semaphore open = new Semaphore(Integer.MAX_VALUE);
  private final SplittableRandom random = new SplittableRandom(1);
  private final Thread thread = new Thread(this::run, "drill-load");
  private long writes;
  private volatile boolean isStopping;

  /** Prepares a load of so many operations a second. */
  RecordedLoad(GridClient client, Keys keys, int rate) {
    this.map = client.map(MAP, Codecs.string(), Codecs.string());
    this.keys = keys;
    this.periodNanos = TimeUnit.SECONDS.toNanos(1) / rate;
    thread.setDaemon(true);
  }

  /** Writes every key once, and waits for that. */
  void fill() {
    forEachKey(this::write);
  }

  /** Reads every key once, and waits for that. */
  void readAll() {
    forEachKey(this::read);
  }

  private interface Operation {
    void start(String key, int shard, long scheduledNanos);
  }

  private void forEachKey(Operation operation) {
    int mark = open.availablePermits();
    for (int shard = 0; shard < keys.shards(); shard++) {
      for (String key : keys.of(shard)) {
        while (mark - open.availablePermits() >= FILL_IN_FLIGHT) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        operation.start(key, shard, System.nanoTime());
      }
    }
    awaitEnd();
  }

  /** Begins to read and write. */
  void start() {
    thread.start();
  }

  /** Ends it, and waits until every operation has ended. Returns whether all have in time. */
  boolean stop() {
    isStopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return awaitEnd();
  }

  private boolean awaitEnd() {
    try {
      boolean isEnded =
          open.tryAcquire(Integer.MAX_VALUE, END_MAX.toMillis(), TimeUnit.MILLISECONDS);
      open.release(isEnded ? Integer.MAX_VALUE : 0);
      return isEnded;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void run() {
    long scheduledNanos = System.nanoTime();
    for (int turn = 0; !isStopping; turn++) {
      scheduledNanos += periodNanos;
      for (long left = scheduledNanos - System.nanoTime(); left > 0; ) {
        LockSupport.parkNanos(left);
        left = scheduledNanos - System.nanoTime();
      }
      int shard = turn % keys.shards();
      List<String> choice = keys.of(shard);
      String key = choice.get(random.nextInt(choice.size()));
      if (random.nextBoolean()) {
        write(key, shard, scheduledNanos);
      } else {
        read(key, shard, scheduledNanos);
      }
    }
  }

  private void write(String key, int shard, long scheduledNanos) {
    String value = Long.toString(++writes);
    EntryInput input = new EntryInput.Put(Bytes.of(value));
    EntryOutput output = new EntryOutput.Stored(true, EntryOutput.UNTOLD, null);
    record(key, shard, scheduledNanos, input, () -> map.put(key, value).thenApply(any -> output));
  }

  private void read(String key, int shard, long scheduledNanos) {
    EntryInput input = new EntryInput.Get();
    record(
        key,
        shard,
        scheduledNanos,
        input,
        () -> map.getEntry(key).thenApply(RecordedLoad::outputOf));
  }

  private static EntryOutput outputOf(Optional<EntryView<String, String>> found) {
    return found
        .<EntryOutput>map(entry -> new EntryOutput.Found(Bytes.of(entry.value()), entry.version()))
        .orElseGet(EntryOutput.Absent::new);
  }

  private interface Start {
    CompletionStage<EntryOutput> operation();
  }

  private void record(String key, int shard, long scheduledNanos, EntryInput input, Start start) {
    open.acquireUninterruptibly();
    var ticket = recorder.invoked(MAP, Bytes.of(key), 0, input);
    var ignored =
        start
            .operation()
            .whenComplete(
                (output, failure) -> {
                  end(ticket, output, failure);
                  count(new Sample(scheduledNanos, System.nanoTime(), shard, failure == null));
                  open.release();
                });
  }

  private void end(
      HistoryRecorder.Ticket<EntryInput, EntryOutput> ticket,
      @Nullable EntryOutput output,
      @Nullable Throwable thrown) {
    if (output != null) {
      recorder.answered(ticket, output);
      return;
    }
    Throwable failure = thrown == null ? new IllegalStateException() : Verdict.unwrapped(thrown);
    if (isNothingDone(failure)) {
      recorder.nothingDone(ticket);
    } else {
      recorder.unknown(ticket);
    }
    synchronized (this) {
      failures.merge(failure.getClass().getSimpleName(), 1, Integer::sum);
    }
  }

  private static boolean isNothingDone(Throwable failure) {
    return failure instanceof GridTimeoutException
        || failure instanceof GridOverloadedException
        || failure instanceof GridMemoryExceededException;
  }

  private synchronized void count(Sample sample) {
    samples.add(sample);
  }

  /** The operations that have ended so far. O(their number). */
  synchronized List<Sample> samples() {
    return List.copyOf(samples);
  }

  /** How many operations ended in each kind of error so far. */
  synchronized Map<String, Integer> failures() {
    return new TreeMap<>(failures);
  }

  /** What was asked and answered so far, key by key. */
  List<KeyHistory<EntryInput, EntryOutput>> histories() {
    return recorder.histories();
  }
}
