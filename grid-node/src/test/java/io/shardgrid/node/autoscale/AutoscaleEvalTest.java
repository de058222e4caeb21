package io.shardgrid.node.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class AutoscaleEvalTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Path directory;

  AutoscaleEvalTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @TestFactory
  Stream<DynamicTest> comesToWhatThePublicCasesExpect() throws IOException {
    return rows(publicCases());
  }

  @TestFactory
  Stream<DynamicTest> comesToWhatTheCasesOfItsOwnExpect() throws IOException {
    return rows(shipped("cases-own.json"));
  }

  private static Stream<DynamicTest> rows(Path file) {
    List<CaseRow> rows = CaseFile.read(file).stream().map(Case::evaluate).toList();
    assertThat(rows).hasSizeGreaterThanOrEqualTo(15);
    return rows.stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.name(),
                    () -> assertThat(row.result()).as("%s", row).isEqualTo(CaseRow.Result.OK)));
  }

  @Test
  void printsATableAndASummary() throws IOException {
    assertThat(run(publicCases())).isEqualTo(ExitCode.OK.number());
    assertThat(out.toString())
        .startsWith("NAME ")
        .containsPattern("res-up +resource-utilization +5, utilization 50 +5, utilization 50 +ok")
        .containsPattern("rate-within +rate +7, DesiredWithinRange +7, DesiredWithinRange +ok")
        .endsWith("15 cases, 15 as expected, 0 differ, 0 cannot be evaluated\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void endsWithOneIfACaseDiffers() throws IOException {
    Path file =
        cases(
            """
            {"name": "a", "kind": "stabilize", "currentReplicas": 5, "desired": 7,
             "history": [], "expectedReplicas": 7},
            {"name": "b", "kind": "stabilize", "currentReplicas": 5, "desired": 7,
             "history": [], "expectedReplicas": 8}""");
    assertThat(run(file)).isEqualTo(ExitCode.FAILED.number());
    assertThat(out.toString())
        .containsPattern("a +stabilize +7 +7 +ok")
        .containsPattern("b +stabilize +8 +7 +DIFFERS")
        .contains("2 cases, 1 as expected, 1 differ, 0 cannot be evaluated");
  }

  @Test
  void differsIfTheReportedValueDoes() throws IOException {
    Path file =
        cases(
            """
            {"name": "a", "kind": "pods-metric", "currentReplicas": 1, "target": 10,
             "perPodMetric": [25], "expectedReplicas": 3, "expectedAverage": 24},
            {"name": "b", "kind": "rate", "currentReplicas": 1, "desired": 9, "maxReplicas": 3,
             "expectedReplicas": 3, "expectedCondition": "ScaleUpLimit"},
            {"name": "c", "kind": "pods-metric", "currentReplicas": 1, "target": 10,
             "perPodMetric": [], "expectedReplicas": 1}""");
    assertThat(run(file)).isEqualTo(ExitCode.FAILED.number());
    assertThat(out.toString())
        .containsPattern("a .*3, average 24 +3, average 25 +DIFFERS")
        .containsPattern("b .*3, ScaleUpLimit +3, TooManyReplicas +DIFFERS")
        .containsPattern("c .*1 +no proposal \\(No node that counts has a reading.*\\) +DIFFERS");
  }

  @Test
  void evaluatesTheOthersWhenOneCaseIsBad() throws IOException {
    Path file =
        cases(
            """
            {"name": "good", "kind": "rate", "currentReplicas": 5, "desired": 7,
             "expectedReplicas": 7},
            {"name": "bad", "kind": "cheese", "currentReplicas": 5, "expectedReplicas": 7}""");
    assertThat(run(file)).isEqualTo(ExitCode.USAGE.number());
    assertThat(out.toString()).containsPattern("good +rate .*ok").contains("BAD CASE");
    assertThat(err.toString())
        .startsWith("error: Case 'bad': unknown kind 'cheese', known are resource-utilization")
        .contains("file=" + file)
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "kind": "rate", "colour": 1                         | unknown field 'colour'
          "kind": "rate", "expectedReplicas": null            | no 'expectedReplicas'
          "kind": 7                                           | 'kind': wanted is a text
          "kind": "rate", "currentReplicas": -1               | 'currentReplicas': wanted is a whole
          "kind": "rate", "currentReplicas": 1.5              | 'currentReplicas': wanted is a whole
          "kind": "rate", "currentReplicas": "3"              | 'currentReplicas': wanted is a whole
          "kind": "rate", "currentReplicas": 1e999999999      | 'currentReplicas': wanted is a whole
          "kind": "rate", "currentReplicas": 4000000000       | 'currentReplicas': wanted is a whole
          "kind": "rate"                                      | there is no 'desired'
          "kind": "rate", "desired": 3, "minReplicas": 5, "maxReplicas": 3 | autoscale.nodes-max
          "kind": "rate", "desired": 3, "scaleUp": []         | 'scaleUp': wanted is an object
          "kind": "rate", "desired": 3, "scaleUp": {"speed": 1} | unknown field 'speed'
          "kind": "rate", "desired": 3, "scaleUp": {"select": "All"} | wanted is Max, Min or
          "kind": "rate", "desired": 3, "scaleUp": {"policies": [["Pods", 1]]} | 'policies': wanted
          "kind": "rate", "desired": 3, "scaleUp": {"policies": [["Nodes", 1, 1]]} | Pods or Percent
          "kind": "rate", "desired": 3, "scaleUp": {"stabilization": -1} | autoscale.stabilization
          "kind": "rate", "desired": 3, "scaleUpEvents": [[1]] | 'scaleUpEvents': wanted is a list
          "kind": "rate", "desired": 3, "scaleUpEvents": 5    | 'scaleUpEvents': wanted is a list
          "kind": "limit"                                     | there is no 'direction'
          "kind": "limit", "direction": "left"                | 'direction': wanted is up or down
          "kind": "stabilize", "desired": 1, "history": [[1, 1e-999999999]] | at most 1000000000
          "kind": "change-in-period"                          | there is no 'period'
          "kind": "pods-metric"                               | there is no 'target'
          "kind": "pods-metric", "target": 1, "tolerance": -1 | autoscale.tolerance
          "kind": "pods-metric", "target": 1, "tolerance": "much" | 'tolerance': wanted is
          "kind": "pods-metric", "target": 1, "unready": [-1] | 'unready': wanted is a whole number
          "kind": "pods-metric", "target": 1, "pods": 2, "failed": [2] | there is no node 2
          "kind": "pods-metric", "target": 1, "failed": [2000000000] | more than 1000000 nodes
          "kind": "pods-metric", "target": 1, "perPodMetric": ["x"] | 'perPodMetric': wanted is a
          "kind": "object-value", "target": 1                 | there is no 'total'
          "kind": "controller", "metrics": [{"kind": "rate"}] | 'kind': wanted is that of one
          "kind": "controller", "metrics": [5]                | 'metrics': wanted is a list of
          "kind": "controller", "metrics": [{"error": "yes"}] | 'error': wanted is true or false
          """)
  void namesTheCaseAndWhatIsWrongWithIt(String fields, String message) throws IOException {
    String current = fields.contains("currentReplicas") ? "" : "\"currentReplicas\": 3, ";
    String expected = fields.contains("expectedReplicas") ? "" : "\"expectedReplicas\": 3, ";
    Path file = cases("{\"name\": \"odd\", " + current + expected + fields + "}");
    assertThat(run(file)).isEqualTo(ExitCode.USAGE.number());
    assertThat(err.toString()).startsWith("error: Case 'odd").contains(message).hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {                                     | it is no JSON, line 1
          []                                    | wanted is an object with 'cases'
          7                                     | wanted is an object with 'cases'
          {}                                    | 'cases': wanted is a list
          {"cases": {}}                         | 'cases': wanted is a list
          {"cases": [3]}                        | case #1: wanted is an object
          {"cases": [], "colour": 1}            | unknown field 'colour'
          {"cases": [], "toleranceDefault": ""} | 'toleranceDefault': wanted is a number
          {"cases": [], "cases": []}            | Duplicate field 'cases'
          {"cases": []} {}                      | Trailing token
          """)
  void saysWhatIsWrongWithAFile(String json, String message) throws IOException {
    Path file = Files.writeString(directory.resolve("cases.json"), json);
    assertThat(run(file)).isEqualTo(ExitCode.USAGE.number());
    assertThat(err.toString())
        .startsWith("error: FILE is no file of cases: ")
        .contains(message)
        .hasLineCount(1);
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThat(run(directory)).isEqualTo(ExitCode.USAGE.number());
    assertThat(err.toString()).startsWith("error: FILE: cannot be read: ");
  }

  private Path cases(String cases) throws IOException {
    return Files.writeString(
        directory.resolve("cases.json"), "{\"toleranceDefault\": 0.1, \"cases\": [" + cases + "]}");
  }

  private Path publicCases() throws IOException {
    return shipped("cases-public.json");
  }

  private Path shipped(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(AutoscaleEvalTest.class.getResourceAsStream(name))) {
      Path file = directory.resolve(name);
      Files.copy(in, file);
      return file;
    }
  }

  private int run(Path file) {
    CommandLine commandLine = new CommandLine(new AutoscaleCommand());
    commandLine
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler(
            (failure, at, parsed) -> {
              Verdict verdict = Verdict.of(failure);
              at.getErr().println("error: " + verdict.line());
              return verdict.exitCode().number();
            });
    return commandLine.execute("eval", file.toString());
  }
}
