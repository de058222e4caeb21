package io.shardgrid.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MigrationsPageTest {

  private static final String PAGE =
      """
      {"paused":true,
       "totals":{"waiting":2,"running":1,"cancelled":1,"done":4,"aborted":1,"bytesLeft":3145728,
        "bytesPerSecond":1048576,"etaMillis":3000},
       "moves":[
        {"shard":3,"kind":"primary","source":"a","target":"d","state":"MIGRATING","reason":"",
         "bytesDone":1048576,"bytesLeft":2097152,"bytesPerSecond":1048576,"etaMillis":2000,
         "ageMillis":900,"pauseMicros":null,"digest":"not yet"},
        {"shard":4,"kind":"primary","source":"b","target":"d","state":"DONE","reason":"",
         "bytesDone":2048,"bytesLeft":0,"bytesPerSecond":0,"etaMillis":null,
         "ageMillis":900,"pauseMicros":2540,"digest":"matched"},
        {"shard":5,"kind":"repair","source":null,"target":"d","state":"ABORTED",
         "reason":"the plan has changed","bytesDone":0,"bytesLeft":0,"bytesPerSecond":0,
         "etaMillis":null,"ageMillis":900,"pauseMicros":null,"digest":"not yet"}],
       "paces":[{"node":"a","bytesPerSecond":134217728}]}
      """;

  private final MigrationsPage page = MigrationsPage.parse(PAGE);

  @Test
  void isATableForPeople() {
    assertThat(page.table(9))
        .containsExactly(
            "SHARD  KIND     SOURCE      TARGET      STATE           SENT       LEFT         RATE    ETA    PAUSE  DIGEST",
            "    3  primary  a           d           MIGRATING    1.0 MiB    2.0 MiB    1.0 MiB/s    2 s        -  not yet",
            "    4  primary  b           d           DONE         2.0 KiB          -            -      -   2.5 ms  matched",
            "    5  repair   -           d           ABORTED          0 B          -            -      -        -  not yet; the plan has changed");
  }

  @Test
  void showsNoMoreThanWantedOfWhatHasEnded() {
    assertThat(page.table(1)).hasSize(3);
    assertThat(page.table(0)).hasSize(2);
  }

  @Test
  void sumsUp() {
    assertThat(page.summary())
        .isEqualTo(
            "PAUSED; 1 running, 2 waiting (1 cancelled), 4 done, 1 aborted; left 3.0 MiB,"
                + " at 1.0 MiB/s, 3 s");
    assertThat(page.paceLine()).isEqualTo("Copies may take: a 128.0 MiB/s");
    assertThat(page.isAtRest()).isFalse();
  }

  @Test
  void showsPlansForPeople() {
    assertThat(
            MigratePlanCommand.lines(
                new MigratePlanCommand.Plan(
                    1,
                    2048,
                    List.of(
                        new MigratePlanCommand.Move(7, "backup", "a", "d", true, 2048),
                        new MigratePlanCommand.Move(8, "primary", "a", "b", false, 0)))))
        .containsExactly(
            "SHARD  KIND     SOURCE      TARGET           BYTES",
            "    7  backup   a           d              2.0 KiB",
            "    8  primary  a           b              no copy",
            "2 moves, 1 of them copy 2.0 KiB");
    assertThat(MigratePlanCommand.lines(new MigratePlanCommand.Plan(0, 0, List.of())))
        .containsExactly("Nothing is to be moved.");
  }

  @Test
  void namesWhatDoesNotMatch() {
    var matched = new MigrateVerifyCommand.Backup("b", "matched", 7);
    var differed = new MigrateVerifyCommand.Backup("b", "differed", 7);
    var silent = new MigrateVerifyCommand.Backup("c", "no answer", 0);
    var found =
        new MigrateVerifyCommand.Verification(
            false,
            List.of(
                new MigrateVerifyCommand.Shard(1, "a", 7, List.of(matched)),
                new MigrateVerifyCommand.Shard(2, "a", 7, List.of(differed, silent)),
                new MigrateVerifyCommand.Shard(3, null, 0, List.of())));
    assertThat(MigrateVerifyCommand.problems(found))
        .containsExactly(
            "shard 2: the backup on b: differed",
            "shard 2: the backup on c: no answer",
            "shard 3: no primary answers");
    assertThat(MigrateVerifyCommand.summary(found))
        .isEqualTo("1 of 3 backups of 3 shards match their primaries");
  }
}
