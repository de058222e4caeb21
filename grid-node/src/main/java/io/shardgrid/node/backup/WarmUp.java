package io.shardgrid.node.backup;

import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Waiting;
import io.shardgrid.route.RoutedShards;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerCodec;
import io.shardgrid.wire.ExportPosition;
import io.shardgrid.wire.replica.CopyItem;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;

/**
 * Fills a cluster with what another one holds, while that one is used: a backup that is streamed
 * into a restore, without files. The two may have different numbers of shards and hash seeds. One
 * instance fills once.
 */
public final class WarmUp {

  /*
   * Each shard is read out as for a backup: chunks of entries, and in each stretch the keys that were
   * written since the last one, as they are now. Stretches are carried out in their order, and in
   * each the chunk before the changes: so at the end of a shard the target holds what the source held
   * after the last write in it, unless somebody else writes there. What is written to the source
   * afterwards is up to whoever copies writes. In memory is one stretch a shard that is being read,
   * and what is under way to the target.
   */
  private static final int STRETCH_BYTES = 1 << 20;
  private static final int ATTEMPTS = 10;
  private static final Duration PACE = Duration.ofMillis(10);

  private final RoutedShards source;
  private final RoutedShards target;
  private final BiFunction<String, byte[], CompletionStage<Answer>> remove;
  private final Plan plan;
  private final Clock clock;
  private final BytePace pace;
  private final LongAdder written = new LongAdder();
  private final LongAdder removed = new LongAdder();
  private final LongAdder expired = new LongAdder();
  private final AtomicInteger begunAnew = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicBoolean wasCleared = new AtomicBoolean();

  /**
   * How to fill.
   *
   * @param parallel shards that are read at once
   * @param inFlight writes of each under way at once
   * @param bytesPerSecond that are read at most; 0 for no bound
   * @param progress told how many shards are done
   */
  public record Plan(int parallel, int inFlight, long bytesPerSecond, IntConsumer progress) {}

  /**
   * What was done.
   *
   * @param written entries, those that were written again included
   * @param removed keys that were removed at the source meanwhile
   * @param expired entries that were left out as their deadline had passed
   * @param begunAnew how often a shard had to be read from its beginning again
   * @param wasCleared whether a map was cleared at the source meanwhile: then the target may hold
   *     entries that the source has not
   */
  public record Filled(
      long written, long removed, long expired, int begunAnew, boolean wasCleared) {}

  /**
   * Fills {@code target}.
   *
   * @param remove removes a key of a map there
   */
  public WarmUp(
      RoutedShards source,
      RoutedShards target,
      BiFunction<String, byte[], CompletionStage<Answer>> remove,
      Plan plan,
      Clock clock) {
    this.source = source;
    this.target = target;
    this.remove = remove;
    this.plan = plan;
    this.clock = clock;
    this.pace = new BytePace(plan.bytesPerSecond());
  }

  /**
   * Fills. Blocks.
   *
   * @throws CommandException if a shard cannot be read as a whole
   * @throws io.shardgrid.failure.GridException if a cluster does not answer
   */
  public Filled run() throws Exception {
    Workers.run(plan.parallel(), source.count(), this::fill);
    return new Filled(
        written.sum(), removed.sum(), expired.sum(), begunAnew.get(), wasCleared.get());
  }

  private int fill(int shard) throws Exception {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (attempt > 0) {
        begunAnew.incrementAndGet();
      }
      if (fillOnce(shard)) {
        plan.progress().accept(done.incrementAndGet());
        return shard;
      }
    }
    throw new CommandException(
        ExitCode.FAILED,
        "A shard could not be read as a whole; try again when less is written or moved: shard="
            + shard
            + ", attempts="
            + ATTEMPTS);
  }

  /** False if the shard has to be begun anew. */
  private boolean fillOnce(int shard) throws Exception {
    EntryWriter writer = new EntryWriter(target, plan.inFlight(), written);
    Answer.Exported stretch = ask(shard, ExportPosition.START);
    while (!stretch.isVoid()) {
      carryOut(stretch, writer);
      if (stretch.end() != null) {
        writer.finish();
        return true;
      }
      if (stretch.map().isEmpty()) {
        Waiting.linger(PACE);
      }
      stretch = ask(shard, stretch.next());
    }
    writer.finish();
    return false;
  }

  private Answer.Exported ask(int shard, ExportPosition from) throws InterruptedException {
    Answer.Exported stretch = Patience.ask(() -> source.export(shard, from, STRETCH_BYTES));
    Waiting.linger(pace.read(AnswerCodec.bytesMax(stretch), System.nanoTime()));
    return stretch;
  }

  private void carryOut(Answer.Exported stretch, EntryWriter writer) throws InterruptedException {
    if (!stretch.map().isEmpty()) {
      CopyItem.Chunk chunk =
          new CopyItem.Chunk(stretch.map(), stretch.entries(), stretch.packed(), stretch.crc());
      if (!chunk.isIntact()) {
        throw new DamagedBackupException("A chunk was damaged on its way: map=" + stretch.map());
      }
      chunk.forEach(
          (key, value, version, deadline) -> store(writer, stretch.map(), key, value, deadline));
    }
    if (stretch.changes().isEmpty()) {
      return;
    }
    // A change may be of a key that still waits to be written.
    writer.finish();
    for (Answer.Changed change : stretch.changes()) {
      byte[] key = change.key();
      byte[] value = change.value();
      if (key == null) {
        wasCleared.set(true);
      } else if (value == null) {
        Patience.ask(() -> remove.apply(change.map(), key));
        removed.increment();
      } else {
        store(writer, change.map(), key, value, change.deadlineMillis());
      }
    }
    writer.finish();
  }

  private void store(
      EntryWriter writer, String map, byte[] key, byte[] value, long deadlineMillis) {
    if (deadlineMillis != 0 && deadlineMillis <= clock.millis()) {
      expired.increment();
    } else {
      writer.add(map, key, value, deadlineMillis);
    }
  }
}
