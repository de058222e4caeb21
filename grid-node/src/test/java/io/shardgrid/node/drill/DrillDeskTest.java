package io.shardgrid.node.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.node.cli.AdminPage;
import io.shardgrid.node.drill.DrillProgress.Order;
import io.shardgrid.node.drill.DrillProgress.State;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class DrillDeskTest {

  private static final Order FIRST = new Order(1, 300, Duration.ofSeconds(1));

  /** Runs until its standard input ends, as a drill does. */
  private static final String ENDLESS = "cat; exit 130";

  private final List<DrillDesk> desks = new ArrayList<>();

  @AfterEach
  void close() {
    desks.forEach(DrillDesk::close);
  }

  private DrillDesk desk(String script) {
    return desk(new DrillSettings(true, "64m", 10, Duration.ofMinutes(1)), script);
  }

  private DrillDesk desk(DrillSettings settings, String script) {
    DrillDesk desk =
        new DrillDesk(settings, Clock.systemUTC(), order -> List.of("sh", "-c", script));
    desks.add(desk);
    return desk;
  }

  private static String says(DrillLine... lines) {
    return java.util.Arrays.stream(lines)
        .map(line -> "echo '" + AdminPage.writeLine(line) + "'")
        .collect(Collectors.joining("; "));
  }

  private static DrillProgress ended(DrillDesk desk) {
    return desk.end().toCompletableFuture().join();
  }

  @Test
  void keepsWhatADrillTells() {
    DrillLine[] lines = {
      DrillLine.begin(new KillNode()),
      DrillLine.note(1, 1_500_000_000L, "kill -9 of node c"),
      DrillLine.figures(1, "before", Figures.of(List.of(new Sample(1, 2, 0, true)), 0, 10)),
      DrillLine.check(1, true, "no operation failed"),
      DrillLine.end(1, true)
    };
    DrillDesk desk = desk(says(lines));
    assertThat(desk.progress()).isNull();
    assertThat(desk.start(FIRST).state()).isEqualTo(State.RUNNING);
    DrillProgress end = ended(desk);
    assertThat(end.state()).isEqualTo(State.HELD);
    assertThat(end.lines()).containsExactly(lines);
    assertThat(end.endedAt()).isAfterOrEqualTo(end.startedAt());
    assertThat(desk.progress()).as("as long as nothing is new").isSameAs(end);
  }

  @Test
  void saysWhenNotEverythingHeld() {
    DrillDesk desk = desk(says(DrillLine.end(1, false)) + "; exit 1");
    desk.start(FIRST);
    assertThat(ended(desk).state()).isEqualTo(State.FAILED);
  }

  @Test
  void saysWhyThereIsNoVerdict() {
    DrillDesk desk = desk("echo 'error: no memory' >&2; exit 70");
    desk.start(FIRST);
    assertThat(ended(desk).state()).isEqualTo(State.BROKEN);
    assertThat(ended(desk).text()).isEqualTo("It ended with code 70: error: no memory");
    DrillDesk garbled = desk("echo '{\"event\": 1'");
    garbled.start(FIRST);
    assertThat(ended(garbled).state()).isEqualTo(State.BROKEN);
  }

  @Test
  void runsOneAtATimeAndStopsIt() {
    DrillDesk desk = desk(ENDLESS);
    assertThatThrownBy(desk::stop).hasMessage("No drill runs");
    desk.start(FIRST);
    assertThatThrownBy(() -> desk.start(FIRST)).hasMessageContaining("runs already");
    assertThat(desk.stop().state()).isEqualTo(State.STOPPING);
    assertThat(ended(desk).state()).isEqualTo(State.STOPPED);
    desk.start(FIRST);
    desk.stop();
    assertThat(ended(desk).state()).isEqualTo(State.STOPPED);
  }

  @Test
  void stopsWhatTakesTooLong() {
    DrillDesk desk = desk(new DrillSettings(true, "64m", 10, Duration.ofSeconds(1)), ENDLESS);
    desk.start(FIRST);
    assertThat(ended(desk).state()).isEqualTo(State.STOPPED);
    assertThat(ended(desk).text()).contains("time-max");
  }

  @Test
  void endsWithItsNode() {
    DrillDesk desk = desk(ENDLESS);
    desk.start(FIRST);
    desk.close();
    assertThat(ended(desk).state()).isEqualTo(State.STOPPED);
    assertThatThrownBy(() -> desk.start(FIRST)).hasMessageContaining("about to stop");
  }

  @Test
  void keepsTheLastLinesOnly() {
    DrillLine[] lines =
        IntStream.range(0, 25)
            .mapToObj(i -> DrillLine.detail(1, "line " + i))
            .toArray(DrillLine[]::new);
    DrillDesk desk = desk(says(lines));
    desk.start(FIRST);
    assertThat(ended(desk).lines()).hasSize(10).last().isEqualTo(lines[24]);
    assertThat(ended(desk).linesLeftOff()).isEqualTo(15);
    assertThat(DrillLine.detail(1, "x".repeat(5_000)).text()).hasSize(2_003);
  }

  @Test
  void startsNothingWhereItIsOff() {
    DrillDesk desk =
        desk(new DrillSettings(false, "64m", 10, Duration.ofMinutes(1)), "echo started");
    assertThatThrownBy(() -> desk.start(FIRST))
        .isInstanceOf(DrillDesk.RefusedException.class)
        .hasMessageContaining("grid.node.console.drills.enabled");
    assertThat(desk.progress()).isNull();
  }

  @Test
  void offersEveryDrillWithWhatItProves() {
    List<DrillOffer> offers = DrillOffer.all();
    assertThat(offers).extracting(DrillOffer::number).doesNotHaveDuplicates().isSorted();
    assertThat(offers.stream().mapToInt(offer -> offer.parts().size()).sum())
        .isEqualTo(Catalog.all().size());
    assertThat(offers)
        .allSatisfy(
            offer -> {
              assertThat(offer.nodes()).isBetween(3, 5);
              assertThat(offer.parts()).allSatisfy(one -> assertThat(one.proves()).endsWith("."));
            });
  }
}
