package io.shardgrid.node.comparison;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures products by turns, each time in new processes, and prints the medians. */
@Command(
    name = "comparison",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Measures products by turns, each time in new processes, and prints the medians.")
final class Comparison implements Callable<Integer> {

  @Parameters(index = "0", description = "${COMPLETION-CANDIDATES}")
  private Workload workload = Workload.EMBEDDED;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "PRODUCT")
  private List<String> products = new ArrayList<>();

  @Option(names = "--rounds")
  private int rounds = 3;

  @Option(names = "--entries")
  private int entries = 1_000_000;

  @Option(names = "--value", description = "Bytes of a value.")
  private int valueBytes = 100;

  @Option(names = "--warm", description = "Seconds.")
  private int warmSeconds = 10;

  @Option(names = "--time", description = "Seconds of each measurement.")
  private int seconds = 5;

  @Option(names = "--csv", description = "A file to which each measurement is appended.")
  private Path csv = Path.of("comparison.csv");

  private final PrintStream out = System.out;
  private final Medians medians = new Medians();

  /** See {@code --help}. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Comparison())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    products.forEach(Products::named);
    if (!Files.exists(csv)) {
      append("workload,product,round," + Figure.heads());
    }
    for (int round = 1; round <= rounds; round++) {
      for (String product : products) {
        int ended = run(product, round);
        if (ended != 0) {
          out.println(product + " ended with code " + ended);
          return CommandLine.ExitCode.SOFTWARE;
        }
      }
    }
    medians.table(products).forEach(out::println);
    return CommandLine.ExitCode.OK;
  }

  private int run(String product, int round) throws IOException, InterruptedException {
    List<String> command =
        Launch.java(
            ComparisonRun.class,
            workload.name(),
            product,
            Integer.toString(entries),
            Integer.toString(valueBytes),
            Integer.toString(warmSeconds),
            Integer.toString(seconds));
    Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null) {
        if (Figure.isLine(line)) {
          took(product, round, Figure.ofLine(line));
        }
        line = lines.readLine();
      }
      return process.waitFor();
    } finally {
      process.destroyForcibly();
    }
  }

  private void took(String product, int round, Figure figure) throws IOException {
    String name = workload.name().toLowerCase(Locale.ROOT);
    String line = name + "," + product + "," + round + "," + figure.csv();
    out.println(line);
    append(line);
    medians.add(product, figure);
  }

  private void append(String line) throws IOException {
    Files.writeString(csv, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
