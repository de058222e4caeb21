package io.shardgrid.wire;

/**
 * How far a shard has been read out: whoever reads holds it, and hands it back. Immutable.
 *
 * @param seat the seat of the primary that is read, 0 to begin
 * @param seq number of the last write whose changes have been read
 * @param map number of the map that is being read
 * @param cursor where to read on in it
 */
public record ExportPosition(long seat, long seq, int map, long cursor) {

  /** Where everybody begins. */
  public static final ExportPosition START = new ExportPosition(0, 0, 0, 0);
}
