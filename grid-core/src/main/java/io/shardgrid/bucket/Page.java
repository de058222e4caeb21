package io.shardgrid.bucket;

import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of a page are: in an array of their own, or in a part of a slab.
 *
 * @param bytes the array
 * @param base where the page starts in it
 * @param length bytes of the page
 * @param slab what the page is a part of; null for an array of its own
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Page(byte[] bytes, int base, int length, PagePool.@Nullable Slab slab) {

  /** Stands for a page that is not there: refused, not yet made, or given back. */
  static final Page NONE = ofOwn(Reservation.NO_BYTES);

  static Page ofOwn(byte[] bytes) {
    return new Page(bytes, 0, bytes.length, null);
  }
}
