package io.shardgrid.node.autoscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.node.cli.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadTraceTest {

  private static final Path SOURCES =
      Path.of("src", "main", "resources", "io", "shardgrid", "node", "autoscale", "traces");

  private final Path directory;

  LoadTraceTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @ValueSource(strings = {"bursty", "diurnal", "flapping"})
  void shipsWhatItsGeneratorMakes(String name) throws IOException {
    String made = TraceGenerator.csv(name);
    if ("write".equals(System.getProperty("grid.test.traces"))) {
      Files.writeString(SOURCES.resolve(name + ".csv"), made);
      return;
    }
    try (InputStream in =
        Objects.requireNonNull(LoadTrace.class.getResourceAsStream("traces/" + name + ".csv"))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(made);
    }
    assertThat(LoadTrace.SHIPPED).contains(name);
    assertThat(LoadTrace.open(name).rows()).hasSizeGreaterThan(400);
  }

  @Test
  void keepsALoadUntilTheNextRow() throws IOException {
    LoadTrace trace = LoadTrace.open(file("seconds,load\n10,5\n20,7.5\n\n40,0\n"));
    assertThat(trace.begin()).isEqualTo(10);
    assertThat(trace.end()).isEqualTo(40);
    assertThat(trace.loadAt(10)).isEqualTo(5);
    assertThat(trace.loadAt(19)).isEqualTo(5);
    assertThat(trace.loadAt(20)).isEqualTo(7.5);
    assertThat(trace.loadAt(39)).isEqualTo(7.5);
    assertThat(trace.loadAt(90)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          time,load;1,2               | line 1: wanted is 'seconds,load'
          seconds,load                | line 1: there is no row
          seconds,load;1              | line 2: wanted are two values, found is 1
          seconds,load;1,2,3          | line 2: wanted are two values
          seconds,load;x,2            | line 2: wanted are two numbers, found is x,2
          seconds,load;1,y            | line 2: wanted are two numbers
          seconds,load;1,NaN          | line 2: wanted are seconds of a year at most and a load
          seconds,load;1,-1           | line 2: wanted are seconds of a year at most and a load
          seconds,load;-1,1           | line 2: wanted are seconds of a year at most and a load
          seconds,load;99999999999,1  | line 2: wanted are seconds of a year at most and a load
          seconds,load;5,1;5,2        | line 3: seconds do not rise: found=5
          """)
  void namesTheLineThatIsWrong(String text, String message) throws IOException {
    String source = file(text.replace(';', '\n'));
    assertThatThrownBy(() -> LoadTrace.open(source))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("TRACE: ")
        .hasMessageContaining(message);
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThatThrownBy(() -> LoadTrace.open("/nowhere"))
        .isInstanceOf(CommandException.class)
        .hasMessage("TRACE: cannot be read: /nowhere");
  }

  private String file(String text) throws IOException {
    return Files.writeString(directory.resolve("load.csv"), text).toString();
  }
}
