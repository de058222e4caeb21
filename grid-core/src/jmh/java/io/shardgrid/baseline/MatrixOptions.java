package io.shardgrid.baseline;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * What a run of the matrix is to do. Immutable.
 *
 * @param isQuick whether it only shows that everything works: few keys, no warm-up to speak of
 * @param isFresh whether kept results are thrown away
 * @param isRendering whether nothing is measured
 * @param limit after which no further cell is begun
 * @param directory of the page, the chart and the kept results
 */
record MatrixOptions(
    boolean isQuick,
    boolean isFresh,
    boolean isRendering,
    Duration limit,
    Path directory,
    List<Contender> maps,
    List<Integer> readPercents,
    List<KeyDistribution> distributions,
    List<Integer> threads) {

  static final String USAGE =
      """
      LockMatrix measures every map in every situation, and renders the table and the chart.
        --quick          a smoke run of less than two minutes, into target/lock-matrix
        --render         render kept results again, measure nothing
        --fresh          forget kept results (else a run measures what is missing)
        --minutes N      begin no cell after N minutes (45)
        --out DIR        directory of locks.md, locks.svg and locks.csv (docs)
        --maps A,B       of: %s
        --reads 0,99     percent of reads (0,50,90,99)
        --keys A         of: %s
        --threads 1,8    (1,2,4,8)
      """
          .formatted(
              codes(Contender.values(), Contender::code),
              codes(KeyDistribution.values(), KeyDistribution::code));

  private static final Path OUTPUT = Path.of("docs");
  private static final Path QUICK_OUTPUT = Path.of("target", "lock-matrix");

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException when it is not understood
   */
  static MatrixOptions parse(String... arguments) {
    List<String> left = new ArrayList<>(Arrays.asList(arguments));
    boolean isQuick = left.remove("--quick");
    boolean isFresh = left.remove("--fresh");
    boolean isRendering = left.remove("--render");
    String minutes = take(left, "--minutes", "45");
    String directory = take(left, "--out", (isQuick ? QUICK_OUTPUT : OUTPUT).toString());
    String maps = take(left, "--maps", codes(Contender.values(), Contender::code));
    String reads = take(left, "--reads", isQuick ? "50" : "0,50,90,99");
    String keys = take(left, "--keys", codes(KeyDistribution.values(), KeyDistribution::code));
    String threads = take(left, "--threads", isQuick ? "1,2" : "1,2,4,8");
    if (!left.isEmpty()) {
      throw new IllegalArgumentException("Unknown options: " + String.join(" ", left));
    }
    return new MatrixOptions(
        isQuick,
        isFresh,
        isRendering,
        Duration.ofMinutes(Long.parseLong(minutes)),
        Path.of(directory),
        list(maps, code -> MatrixRow.byCode(Contender.values(), Contender::code, code)),
        list(reads, Integer::valueOf),
        list(keys, code -> MatrixRow.byCode(KeyDistribution.values(), KeyDistribution::code, code)),
        list(threads, Integer::valueOf));
  }

  /** What is to be measured; the cells that are compared with each other are neighbours in time. */
  List<MatrixCell> cells() {
    List<MatrixCell> cells = new ArrayList<>();
    for (KeyDistribution distribution : distributions) {
      for (int readPercent : readPercents) {
        for (int count : threads) {
          for (Contender map : maps) {
            cells.add(new MatrixCell(map, readPercent, distribution, count));
          }
        }
      }
    }
    return cells;
  }

  private static String take(List<String> left, String option, String otherwise) {
    int at = left.indexOf(option);
    if (at < 0) {
      return otherwise;
    }
    if (at + 1 == left.size()) {
      throw new IllegalArgumentException("An option has no value: option=" + option);
    }
    left.remove(at);
    return left.remove(at);
  }

  private static <T> List<T> list(String text, Function<String, T> parser) {
    return Arrays.stream(text.split(",", -1)).map(parser).toList();
  }

  private static <T> String codes(T[] all, Function<T, String> code) {
    return String.join(",", Arrays.stream(all).map(code).toList());
  }
}
