package io.shardgrid.fuzz;

import com.sun.management.ThreadMXBean;
import io.shardgrid.fuzz.FuzzReport.Finding;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Tries a target with inputs that it makes from recorded ones: what takes a new way through the
 * code is kept, and changed further.
 *
 * <p>Confined to one thread. Memory: the corpus, {@link #CORPUS_MAX} inputs.
 */
public final class FuzzRun implements AutoCloseable {

  /* Choosing: of the inputs that are kept, half of the time one of the latest. Judging: an exception
   * or error, more blocks of code, or more allocated bytes than the target allows. A finding is cut
   * down as long as the same thing happens, and is one with others if type and place are. */

  private static final Path FOUND = Path.of("target", "fuzz");
  private static final Path RECORDED = Path.of("src", "test", "resources", "fuzz");
  private static final int CORPUS_MAX = 4_000;
  private static final int LATEST = 64;
  private static final int CUTS_MAX = 2_000;
  private static final int REPEATS = 3;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final String name;
  private final CoverageLoader loader;
  private final FuzzTarget target;
  private final ClassLoader contextBefore;
  private final FuzzBudget budget;
  private final RandomGenerator random;
  private final Mutator mutator;
  private final byte[] seen = new byte[Coverage.PLACES];
  private final List<byte[]> corpus = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Set<String> places = new HashSet<>();
  private long executions;
  private long accepted;
  private boolean isAccepted;

  /** More memory than an input may take. */
  static final class TooMuchMemory extends AssertionError {
    private static final long serialVersionUID = 1L;

    TooMuchMemory(long bytes, long max, int inputBytes) {
      super(
          "too much memory: allocatedBytes=%d, max=%d, inputBytes=%d"
              .formatted(bytes, max, inputBytes));
    }
  }

  private FuzzRun(
      String name,
      CoverageLoader loader,
      FuzzTarget target,
      FuzzBudget budget,
      ClassLoader contextBefore) {
    this.contextBefore = contextBefore;
    this.name = name;
    this.loader = loader;
    this.target = target;
    this.budget = budget;
    this.random = new SplittableRandom(budget.seed() ^ name.hashCode());
    this.mutator = new Mutator(random, target.inputBytesMax());
    mutator.learnWords(target.words());
  }

  /**
   * Makes a target ready.
   *
   * @param type its full name
   */
  public static FuzzRun of(String type, FuzzBudget budget) throws Exception {
    CoverageLoader loader =
        new CoverageLoader(
            FuzzRun.class.getClassLoader(), type.substring(0, type.lastIndexOf('.')));
    // Found by the loader's classes where they look for implementations and resources.
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(loader);
    var constructor = loader.loadClass(type).getDeclaredConstructor();
    constructor.setAccessible(true);
    FuzzTarget target = (FuzzTarget) constructor.newInstance();
    String name = type.substring(type.lastIndexOf('.') + 1);
    return new FuzzRun(name, loader, target, budget, before);
  }

  /** Tries one input, given or kept in a file before. */
  public void replay(byte[] input) throws Throwable {
    Throwable failure = failureOf(input);
    if (failure != null) {
      throw failure;
    }
  }

  /** Tries what was recorded, and what is made of that, until the budget is used up. */
  public FuzzReport run() throws Exception {
    long startNanos = System.nanoTime();
    long endNanos = startNanos + budget.time().map(java.time.Duration::toNanos).orElse(0L);
    seed();
    mutator.learnWords(loader.words());
    mutator.learnNumbers(loader.numbers());
    while (executions < budget.executions()
        && findings.size() < budget.findingsMax()
        && (budget.time().isEmpty() || System.nanoTime() < endNanos)) {
      byte[] input = mutator.mutate(chosen(), any());
      execute(random.nextInt(8) == 0 ? input : target.repaired(input, random));
    }
    int ways = 0;
    for (byte place : seen) {
      ways += Integer.bitCount(place & 0xFF);
    }
    long millis = (System.nanoTime() - startNanos) / 1_000_000;
    return new FuzzReport(
        name, budget.seed(), executions, accepted, corpus.size(), ways, millis, findings);
  }

  private void seed() throws Exception {
    // The first run loads classes and takes memory for that.
    for (byte[] seed : seeds()) {
      execute(seed);
      if (corpus.isEmpty()) {
        corpus.add(seed);
      }
    }
    if (corpus.isEmpty()) {
      corpus.add(new byte[0]);
    }
  }

  private List<byte[]> seeds() throws Exception {
    List<byte[]> seeds = new ArrayList<>(target.seeds());
    Path recorded = RECORDED.resolve(name);
    if (Files.isDirectory(recorded)) {
      try (Stream<Path> files = Files.list(recorded)) {
        for (Path file : files.sorted().toList()) {
          seeds.add(Files.readAllBytes(file));
        }
      }
    }
    return seeds;
  }

  private byte[] chosen() {
    int size = corpus.size();
    boolean isLatest = size > LATEST && random.nextBoolean();
    return corpus.get(isLatest ? size - 1 - random.nextInt(LATEST) : random.nextInt(size));
  }

  private byte[] any() {
    return corpus.get(random.nextInt(corpus.size()));
  }

  private void execute(byte[] input) throws IOException {
    executions++;
    Throwable failure = failureOf(input);
    if (failure != null) {
      found(input, failure);
      return;
    }
    accepted += isAccepted ? 1 : 0;
    if (Coverage.mark(seen)) {
      keep(input);
    }
  }

  private void keep(byte[] input) {
    if (corpus.size() < CORPUS_MAX) {
      corpus.add(input);
    } else {
      corpus.set(random.nextInt(CORPUS_MAX), input);
    }
  }

  /** What is wrong with what an input does; null for nothing. */
  private @Nullable Throwable failureOf(byte[] input) {
    TooMuchMemory tooMuch = null;
    long stepsMax = target.stepsMax(input.length);
    long bytesMax = target.allocatedBytesMax(input.length);
    // What is loaded or made once is taken once.
    for (int i = 0; i < REPEATS; i++) {
      Coverage.begin(stepsMax);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      Throwable thrown = thrownBy(input);
      long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
      long steps = Coverage.end();
      if (thrown != null) {
        return thrown;
      } else if (steps > stepsMax) {
        // The error that says so did not get through what was tried.
        return new Coverage.TooManySteps(steps);
      } else if (bytes <= bytesMax) {
        return null;
      }
      tooMuch = new TooMuchMemory(bytes, bytesMax, input.length);
    }
    return tooMuch;
  }

  private @Nullable Throwable thrownBy(byte[] input) {
    try {
      isAccepted = target.run(input);
      return null;
    } catch (Throwable thrown) {
      return thrown;
    }
  }

  private void found(byte[] input, Throwable failure) throws IOException {
    if (!places.add(placeOf(failure))) {
      return;
    }
    byte[] shortest = cutDown(input, placeOf(failure));
    CRC32C sum = new CRC32C();
    sum.update(shortest);
    Path file =
        FOUND.resolve(name).resolve(HexFormat.of().toHexDigits((int) sum.getValue()) + ".bin");
    Files.createDirectories(file.getParent());
    Files.write(file, shortest);
    Throwable again = failureOf(shortest);
    findings.add(new Finding(shortest, again == null ? failure : again, file.toAbsolutePath()));
  }

  private byte[] cutDown(byte[] input, String place) {
    byte[] shortest = input;
    int cuts = 0;
    for (int length = Math.max(1, input.length / 2); length > 0; length /= 2) {
      for (int at = 0; at < shortest.length && cuts < CUTS_MAX; cuts++) {
        byte[] cut = without(shortest, at, length);
        Throwable failure = failureOf(cut);
        if (failure != null && placeOf(failure).equals(place)) {
          shortest = cut;
        } else {
          at += length;
        }
      }
    }
    return shortest;
  }

  private static byte[] without(byte[] input, int at, int length) {
    int behind = Math.min(input.length, at + length);
    byte[] cut = new byte[input.length - (behind - at)];
    System.arraycopy(input, 0, cut, 0, at);
    System.arraycopy(input, behind, cut, at, input.length - behind);
    return cut;
  }

  /** Where a failure comes from: its type, and the first of the project's methods. */
  private static String placeOf(Throwable failure) {
    for (StackTraceElement element : failure.getStackTrace()) {
      if (element.getClassName().startsWith("io.shardgrid.")
          && !element.getClassName().startsWith("io.shardgrid.fuzz.")) {
        return failure.getClass().getName() + " at " + element;
      }
    }
    return failure.getClass().getName();
  }

  @Override
  public void close() throws IOException {
    Thread.currentThread().setContextClassLoader(contextBefore);
    target.close();
  }
}
