package io.shardgrid.bucket;

/**
 * What a bucket map holds and does at one moment. Immutable.
 *
 * @param entries how many entries
 * @param entriesWithDeadline how many of them have a deadline
 * @param liveBytes bytes of all entries, headers included, without what blocks round up
 * @param reservedBytes bytes taken from the budget: pages, extents, buckets, their array headers
 * @param pageBytes bytes of pages
 * @param freeBytes bytes of pages in free blocks; what compaction works on
 * @param extents how many values have an array of their own
 * @param buckets buckets of the table without overflow buckets
 * @param overflowBuckets overflow buckets, of an old table too while it is moved
 * @param isResizing whether the table is being moved into another
 * @param isCompacting whether a page is being looked for or emptied
 * @param compactedBytes bytes of entries moved by compaction since the map was last empty
 */
public record BucketMapStatistics(
    long entries,
    long entriesWithDeadline,
    long liveBytes,
    long reservedBytes,
    long pageBytes,
    long freeBytes,
    int extents,
    int buckets,
    int overflowBuckets,
    boolean isResizing,
    boolean isCompacting,
    long compactedBytes) {}
