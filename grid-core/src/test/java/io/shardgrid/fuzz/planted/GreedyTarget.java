package io.shardgrid.fuzz.planted;

import io.shardgrid.fuzz.FuzzTarget;
import java.util.List;

/** Believes a length that an input announces. */
public final class GreedyTarget implements FuzzTarget {

  @Override
  public List<byte[]> seeds() {
    return List.of(new byte[] {1, 0, 0, 4, 1, 2, 3, 4});
  }

  @Override
  public boolean run(byte[] input) {
    if (input.length < 4 || input[0] != 1) {
      return false;
    }
    int length = (input[1] & 0xFF) << 16 | (input[2] & 0xFF) << 8 | (input[3] & 0xFF);
    byte[] body = new byte[length];
    System.arraycopy(input, 4, body, 0, Math.min(body.length, input.length - 4));
    return body.length == input.length - 4;
  }
}
