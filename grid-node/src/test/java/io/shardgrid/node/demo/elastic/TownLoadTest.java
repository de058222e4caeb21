package io.shardgrid.node.demo.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.node.cli.Screen;
import io.shardgrid.node.demo.report.DayFacts;
import io.shardgrid.node.town.City;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

/** The load and the audit after it, against maps that are what they should be, or are not. */
final class TownLoadTest {

  private static final int OPERATIONS = 5_000;

  private final MapsInMemory grid = new MapsInMemory();
  private final List<City> towns = Towns.of(50);
  private final TownLedger ledger = new TownLedger(towns);
  private final TownLoad load = new TownLoad(grid.maps(), ledger);
  private final SplittableRandom random = new SplittableRandom(3);

  TownLoadTest() {
    towns.forEach(town -> grid.towns.put(town.id(), town));
  }

  private String next() {
    long operation = load.draw(random);
    return load.flaw(operation, load.send(operation).toCompletableFuture().join());
  }

  private DayFacts.Audit audit() {
    Screen screen = new Screen(new PrintWriter(new StringWriter()), Ansi.OFF);
    return new TownAudit(grid.maps(), ledger, screen).run();
  }

  @Test
  void findsNothingWrongWithAGridThatKeepsWhatItIsTold() {
    for (int operation = 0; operation < OPERATIONS; operation++) {
      assertThat(next()).isEmpty();
    }
    DayFacts.Audit audit = audit();
    assertThat(audit.wrong()).isZero();
    assertThat(audit.towns()).isEqualTo(50);
    assertThat(audit.counters()).isEqualTo(50);
    assertThat(audit.writes()).isBetween(1_300L, 1_700L);
    assertThat(audit.readsChecked()).isEqualTo(OPERATIONS - changes());
  }

  private long changes() {
    long changes = 0;
    for (int town = 0; town < towns.size(); town++) {
      changes += ledger.changesDone(town);
    }
    return changes;
  }

  @Test
  void noticesALostChangeWhileItRuns() {
    for (int operation = 0; operation < OPERATIONS; operation++) {
      next();
    }
    towns.forEach(town -> grid.towns.put(town.id(), town));
    assertThat(Stream.generate(this::next).limit(100)).contains(TownLedger.STALE);
  }

  @Test
  void noticesAfterwardsWhatIsLostOrTooMuch() {
    for (int operation = 0; operation < OPERATIONS; operation++) {
      next();
    }
    grid.towns.put("7", towns.get(7));
    grid.towns.remove("8");
    grid.visits.merge("9", 1L, Long::sum);
    grid.visits.put("another", 1L);

    DayFacts.Audit audit = audit();
    assertThat(audit.examples())
        .anyMatch(text -> text.startsWith("town=7, LostWrite, found="))
        .anyMatch(text -> text.startsWith("town=8, NoEntry, found=null"))
        .anyMatch(text -> text.startsWith("town=9, UnknownValue, found="))
        .contains("towns: wanted=50 to 50, found=49", "counters: wanted=50 to 50, found=51");
    assertThat(audit.wrong()).isEqualTo(5);
  }
}
