package io.shardgrid.fuzz;

import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What is fuzzed: code that takes bytes from outside, and what must hold of it.
 *
 * <p>An implementation has a constructor without parameters and stands beside the code; a {@link
 * CoverageLoader} loads it. It is used by one thread, with one input after the other: each run
 * begins from the same state, so that an input does the same each time.
 */
public interface FuzzTarget extends AutoCloseable {

  /**
   * Takes an input.
   *
   * @return whether it was accepted, and not refused by an error that is documented
   * @throws Exception if what must hold does not: any exception and error is a finding
   */
  boolean run(byte[] input) throws Exception;

  /** Inputs to begin with, beside those recorded. */
  default List<byte[]> seeds() throws Exception {
    return List.of();
  }

  /** Parts of inputs that are worth putting in, beside what the code compares with. */
  default List<String> words() {
    return List.of();
  }

  /** The input with its checksums made right, so that damage gets behind them; called for most. */
  default byte[] repaired(byte[] input, RandomGenerator random) {
    return input;
  }

  /** Longest input that is tried. */
  default int inputBytesMax() {
    return 4 << 10;
  }

  /** Most bytes that taking an input of this length may allocate. */
  default long allocatedBytesMax(int inputBytes) {
    return (64L << 10) + 64L * inputBytes;
  }

  /** Most blocks of code that taking an input of this length may run through. */
  default long stepsMax(int inputBytes) {
    return 50_000 + 500L * inputBytes;
  }

  @Override
  default void close() throws IOException {}
}
