package io.shardgrid.sight;

/**
 * A key that is asked for often, within its shard. Immutable.
 *
 * @param key its beginning, as text or in hexadecimal digits
 * @param text whether it is text
 * @param whole whether that is all of it
 * @param share of the shard's operations on keys that were sampled of late, 0 to 1
 * @param error by how much the share may be too high, the chance of sampling aside
 */
public record HotKey(
    String map, String key, boolean text, boolean whole, double share, double error) {}
