package io.shardgrid.fuzz.planted;

import io.shardgrid.fuzz.FuzzTarget;
import java.util.List;

/** Takes no end with one input, and lets no error through. */
public final class EndlessTarget implements FuzzTarget {

  @Override
  public List<byte[]> seeds() {
    return List.of(new byte[4]);
  }

  @Override
  public boolean run(byte[] input) {
    int rounds = 0;
    try {
      while (input.length > 0 && input[0] == 9) {
        rounds += input[0];
      }
    } catch (Throwable thrown) {
      return false;
    }
    return rounds == 0;
  }
}
