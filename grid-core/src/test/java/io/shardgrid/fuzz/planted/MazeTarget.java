package io.shardgrid.fuzz.planted;

import io.shardgrid.fuzz.FuzzTarget;
import java.util.List;

/** Fails behind five bytes, each of which has to be right before the next one is looked at. */
public final class MazeTarget implements FuzzTarget {

  @Override
  public List<byte[]> seeds() {
    return List.of(new byte[20]);
  }

  @Override
  public boolean run(byte[] input) {
    int right = 0;
    if (input.length > 5 && input[1] == 0x46) {
      right++;
      if (input[2] == 0x75) {
        right++;
        if (input[3] == (byte) 0xF1) {
          right++;
          if (input[4] == 0x11) {
            right++;
            if (input[5] == 0x5A) {
              throw new IllegalStateException("the fault");
            }
          }
        }
      }
    }
    return right > 0;
  }
}
