package io.shardgrid.node.demo.elastic;

import io.shardgrid.node.bench.Operations;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What the users of the day do: of ten operations seven read a town, two change one, and one counts
 * a visit. Each answer is judged by the book.
 *
 * <p>Thread-safe as {@link Operations} asks for.
 */
final class TownLoad implements Operations {

  private static final int KINDS = 10;
  private static final int READS = 7;
  private static final int CHANGES = 2;

  private final TownMaps maps;
  private final TownLedger ledger;

  TownLoad(TownMaps maps, TownLedger ledger) {
    this.maps = maps;
    this.ledger = ledger;
  }

  /** A town, ten times, and the kind. */
  @Override
  public long draw(SplittableRandom random) {
    return (long) KINDS * random.nextInt(ledger.size()) + random.nextInt(KINDS);
  }

  /** Completes with what is wrong with the answer. */
  @Override
  public CompletionStage<String> send(long operation) {
    int town = (int) (operation / KINDS);
    int kind = (int) (operation % KINDS);
    if (kind < READS) {
      return read(town);
    }
    return kind < READS + CHANGES ? change(town) : visit(town);
  }

  @Override
  public String flaw(long operation, @Nullable Object answer) {
    return String.valueOf(answer);
  }

  private CompletionStage<String> read(int town) {
    int changesMin = ledger.changesDone(town);
    return maps.towns()
        .get(ledger.id(town))
        .thenApply(found -> ledger.judgeTown(town, changesMin, found));
  }

  private CompletionStage<String> change(int town) {
    int number = ledger.sendChange(town);
    return maps.towns()
        .put(ledger.id(town), ledger.changed(town, number))
        .thenApply(
            done -> {
              ledger.changeDone(town, number);
              return "";
            });
  }

  private CompletionStage<String> visit(int town) {
    ledger.sendVisit(town);
    int visitsMin = ledger.visitsDone(town) + 1;
    return maps.visits()
        .increment(ledger.id(town), 1)
        .thenApply(
            sum -> {
              ledger.visitDone(town);
              return ledger.judgeVisits(town, visitsMin, Optional.of(sum));
            });
  }
}
