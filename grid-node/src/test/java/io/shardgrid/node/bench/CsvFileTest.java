package io.shardgrid.node.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.node.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvFileTest {

  private static final List<String> NAMES = List.of("phase", "ops");

  private final Path file;

  CsvFileTest(@TempDir Path directory) {
    this.file = directory.resolve("figures.csv");
  }

  @Test
  void beginsWithTheNamesOfItsColumns() throws IOException {
    CsvFile.open(file, NAMES).add(List.of("50 %", "17.5"));
    assertThat(file).hasContent("phase,ops\n50 %,17.5\n");
    assertThat(Files.readString(file)).endsWith("\n");
  }

  @Test
  void addsToWhatIsThere() {
    CsvFile.open(file, NAMES).add(List.of("a", "1"));
    CsvFile.open(file, NAMES).add(List.of("b", "2"));
    assertThat(file).hasContent("phase,ops\na,1\nb,2\n");
  }

  @Test
  void refusesAFileWithOtherColumns() throws IOException {
    Files.writeString(file, "phase\n");
    assertThatThrownBy(() -> CsvFile.open(file, NAMES))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("--csv: the file has other columns");
    assertThat(file).hasContent("phase\n");
  }

  @Test
  void readsWhatItWrote() {
    CsvFile.open(file, NAMES).add(List.of("one, two", ""));
    assertThat(CsvFile.read(file)).containsExactly(Map.of("phase", "one; two", "ops", ""));
  }
}
