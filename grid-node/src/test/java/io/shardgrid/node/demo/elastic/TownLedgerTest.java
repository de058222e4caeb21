package io.shardgrid.node.demo.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.node.town.City;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TownLedgerTest {

  private static final int TOWN = 2;

  private final List<City> towns = Towns.of(4);
  private final TownLedger ledger = new TownLedger(towns);

  private String judge(int changesMin, int changes) {
    return ledger.judgeTown(TOWN, changesMin, Optional.of(ledger.changed(TOWN, changes)));
  }

  private void change(int times) {
    for (int time = 0; time < times; time++) {
      ledger.changeDone(TOWN, ledger.sendChange(TOWN));
    }
  }

  @Test
  void acceptsATownAsItWasAtFirst() {
    assertThat(ledger.judgeTown(TOWN, 0, Optional.of(towns.get(TOWN)))).isEmpty();
  }

  @Test
  void acceptsTheLastChangeOnly() {
    change(3);
    assertThat(judge(ledger.changesDone(TOWN), 3)).isEmpty();
    assertThat(judge(ledger.changesDone(TOWN), 2)).isEqualTo(TownLedger.STALE);
    assertThat(judge(ledger.changesDone(TOWN), 4)).isEqualTo(TownLedger.UNKNOWN);
  }

  @Test
  void acceptsWhatIsOnItsWayAndWhatWasBefore() {
    change(1);
    int changesMin = ledger.changesDone(TOWN);
    ledger.sendChange(TOWN);
    assertThat(judge(changesMin, 1)).isEmpty();
    assertThat(judge(changesMin, 2)).isEmpty();
    assertThat(judge(changesMin, 0)).isEqualTo(TownLedger.STALE);
  }

  @Test
  void keepsTheLatestOfAcknowledgementsThatCameInAnotherOrder() {
    int first = ledger.sendChange(TOWN);
    int second = ledger.sendChange(TOWN);
    ledger.changeDone(TOWN, second);
    ledger.changeDone(TOWN, first);
    assertThat(ledger.changesDone(TOWN)).isEqualTo(2);
  }

  @Test
  void refusesATownThatIsNotThereOrAnother() {
    assertThat(ledger.judgeTown(TOWN, 0, Optional.empty())).isEqualTo(TownLedger.NO_ENTRY);
    assertThat(ledger.judgeTown(TOWN, 0, Optional.of(towns.get(3)))).isEqualTo(TownLedger.UNKNOWN);
    assertThat(judge(0, -1)).isEqualTo(TownLedger.UNKNOWN);
  }

  @Test
  void countsVisitsExactly() {
    ledger.sendVisit(TOWN);
    ledger.visitDone(TOWN);
    ledger.sendVisit(TOWN);
    assertThat(ledger.judgeVisits(TOWN, 1, Optional.of(1L))).isEmpty();
    assertThat(ledger.judgeVisits(TOWN, 1, Optional.of(2L))).isEmpty();
    assertThat(ledger.judgeVisits(TOWN, 1, Optional.of(0L))).isEqualTo(TownLedger.STALE);
    assertThat(ledger.judgeVisits(TOWN, 1, Optional.of(3L))).isEqualTo(TownLedger.UNKNOWN);
    assertThat(ledger.judgeVisits(TOWN, 1, Optional.empty())).isEqualTo(TownLedger.NO_ENTRY);
  }

  @Test
  void sumsUp() {
    change(2);
    ledger.sendVisit(1);
    ledger.visitDone(1);
    ledger.sendVisit(3);
    assertThat(ledger.writesDone()).isEqualTo(3);
    assertThat(ledger.hasCounter(1)).isTrue();
    assertThat(ledger.hasCounter(3)).isFalse();
    assertThat(ledger.countersMax()).isEqualTo(2);
    assertThat(ledger.judged()).isZero();
  }
}
