package io.shardgrid.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Ways to cut an input, the same ones each time, as a network may cut it. Stateless. */
public final class Pieces {

  private Pieces() {}

  /** Each byte for itself. */
  public static List<byte[]> single(byte[] input) {
    List<byte[]> pieces = new ArrayList<>(input.length);
    for (byte one : input) {
      pieces.add(new byte[] {one});
    }
    return pieces;
  }

  /** Some pieces of different lengths. */
  public static List<byte[]> some(byte[] input) {
    SplittableRandom random = new SplittableRandom(Arrays.hashCode(input));
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < input.length; ) {
      int length = 1 + random.nextInt(Math.max(1, input.length / 3));
      pieces.add(Arrays.copyOfRange(input, at, Math.min(input.length, at + length)));
      at += length;
    }
    return pieces;
  }
}
