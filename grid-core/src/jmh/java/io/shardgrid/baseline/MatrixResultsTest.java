package io.shardgrid.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.shardgrid.figures.MarkedSection;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class MatrixResultsTest {

  private static final List<String> CIRCUMSTANCES = List.of("cores: 2", "run: <quick> & dirty");

  private final Path directory;

  MatrixResultsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void readsWhatItHasWritten() throws Exception {
    MatrixResults written = filled();
    MatrixResults read = MatrixResults.load(directory.resolve("locks.csv"));
    assertThat(read.circumstances()).isEqualTo(CIRCUMSTANCES);
    assertThat(read.rows()).isEqualTo(written.rows()).hasSize(16);
    assertThat(read.threads()).containsExactly(1, 8);
    assertThat(read.readPercents()).containsExactly(0, 99);
    assertThat(read.maps()).containsExactly(Contender.CONCURRENT, Contender.ACTOR);
  }

  @Test
  void rendersATableWithALineForEachMapAndSituation() throws Exception {
    String table = new MatrixTable(filled()).markdown();
    assertThat(table)
        .contains("- cores: 2")
        .contains("| keys | reads | map | 1 thread | 8 threads |")
        .contains("| zipfian | 99 % | shard actors | 1.50 M ± 10 % | 1.50 M ± 10 % |")
        .contains("| 0.12 / 1.00 / 20.0 / 3,000 |");
  }

  @Test
  void rendersAnImageWithALineForEachMapAndPanel() throws Exception {
    String svg = new MatrixChart(filled()).svg();
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(8);
  }

  @Test
  void replacesOnlyWhatStandsBetweenTheMarks() {
    assertThat(
            new MarkedSection("table")
                .replaced("a\n<!-- table -->\nold\n<!-- /table -->\nb\n", "new\n"))
        .isEqualTo("a\n<!-- table -->\n\nnew\n\n<!-- /table -->\nb\n");
    assertThatIllegalStateException()
        .isThrownBy(() -> new MarkedSection("table").replaced("no marks", "new"));
  }

  @Test
  void understandsItsOptionsAndNothingElse() {
    assertThat(MatrixOptions.parse().cells()).hasSize(Contender.values().length * 32);
    assertThat(MatrixOptions.parse("--maps", "actor,concurrent", "--threads", "8").cells())
        .hasSize(16);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MatrixOptions.parse("--map", "actor"))
        .withMessageContaining("--map actor");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MatrixOptions.parse("--maps", "actors"))
        .withMessageContaining("name=actors");
  }

  private MatrixResults filled() throws Exception {
    MatrixResults results = MatrixResults.begin(directory.resolve("locks.csv"), CIRCUMSTANCES);
    MatrixOptions options =
        MatrixOptions.parse("--maps", "concurrent,actor", "--reads", "0,99", "--threads", "1,8");
    for (MatrixCell cell : options.cells()) {
      results.add(new MatrixRow(cell, 1.5e6, 1.5e5, 120, 1_000, 20_000, 3e6));
    }
    return results;
  }
}
