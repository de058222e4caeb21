package io.shardgrid.wire.resp;

/**
 * How much a peer may make a decoder hold. Immutable; each limit is at least 1.
 *
 * @param argsMax most arguments of a command, most items of an aggregate in a reply (a map's pair
 *     counts as two)
 * @param bulkBytesMax most bytes of one bulk string, at most 1 GiB
 * @param inlineBytesMax most bytes of an inline command or of a reply's line, its end included
 * @param frameBytesMax most bytes of a whole command or reply, lengths and line ends included
 */
public record RespLimits(int argsMax, int bulkBytesMax, int inlineBytesMax, int frameBytesMax) {

  private static final int ARRAY_BYTES_MAX = 1 << 30;

  public RespLimits {
    check("argsMax", argsMax, Integer.MAX_VALUE);
    check("bulkBytesMax", bulkBytesMax, ARRAY_BYTES_MAX);
    check("inlineBytesMax", inlineBytesMax, ARRAY_BYTES_MAX);
    check("frameBytesMax", frameBytesMax, Integer.MAX_VALUE);
  }

  private static void check(String name, int value, int largest) {
    if (value < 1 || value > largest) {
      throw new IllegalArgumentException(
          "limit is out of range: " + name + "=" + value + ", smallest=1, largest=" + largest);
    }
  }
}
