package io.shardgrid.node.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.GridOverloadedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

final class LoadTest {

  private static final int ROWS = 2_000;

  private final MapInMemory grid = new MapInMemory();
  private final StringWriter written = new StringWriter();
  private final Load load =
      new Load(
          grid.map(), 2, new Screen(new PrintWriter(written, true), Ansi.OFF), () -> 1_000_000_000);

  @Test
  void putsEveryRowAndFindsItAgain() throws IOException {
    assertThat(load.put(LoadTest::rows)).isEqualTo(ROWS);
    assertThat(grid.entries).hasSize(ROWS).containsKey("1999");
    assertThat(grid.entries.get("7")).isEqualTo("{\"id\":7}".getBytes(UTF_8));
    assertThat(load.countPresent(LoadTest::rows, ROWS)).isEqualTo(ROWS);
    assertThat(written.toString())
        .contains("loading    [################################] 100 %  2,000 of 2,000")
        .contains("verifying  [################################] 100 %  2,000 of 2,000");
  }

  @Test
  void noticesWhatIsMissing() throws IOException {
    load.put(LoadTest::rows);
    grid.entries.remove("3");

    assertThat(load.countPresent(LoadTest::rows, ROWS)).isEqualTo(ROWS - 1);
  }

  @Test
  void countsRowsOfOneKeyEach() throws IOException {
    assertThat(load.put(() -> reader("{\"id\":1,\"n\":1}\n{\"id\":1,\"n\":2}"))).isEqualTo(2);
    assertThat(grid.entries.get("1")).isEqualTo("{\"id\":1,\"n\":2}".getBytes(UTF_8));
    assertThat(load.countPresent(() -> reader("{\"id\":1}\n{\"id\":1}"), 2)).isEqualTo(2);
  }

  @Test
  void endsWithTheFirstFailure() {
    grid.isFailing = true;
    grid.failure = new GridOverloadedException("Too much waits: map=test");

    assertThatThrownBy(() -> load.put(LoadTest::rows))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED))
        .hasMessage("Too much waits: map=test");
  }

  private static NdjsonReader rows() throws IOException {
    return reader(
        IntStream.range(0, ROWS)
            .mapToObj(id -> "{\"id\":" + id + "}\n")
            .collect(Collectors.joining()));
  }

  private static NdjsonReader reader(String text) throws IOException {
    return new NdjsonReader(new ByteArrayInputStream(text.getBytes(UTF_8)), "test", "id");
  }
}
