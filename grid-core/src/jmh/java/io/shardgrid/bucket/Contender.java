package io.shardgrid.bucket;

/** The kinds of maps that are measured beside one another. */
enum Contender {
  /** Shardgrid's own. */
  BUCKET_MAP("BucketMap"),
  /** {@code HashMap<ByteKey, byte[]>}. */
  HASH_MAP("HashMap<ByteKey, byte[]>"),
  /** {@code ConcurrentHashMap<ByteKey, byte[]>}. */
  CONCURRENT_HASH_MAP("ConcurrentHashMap<ByteKey, byte[]>"),
  /** {@code ConcurrentHashMap<String, byte[]>}, each byte of the key a character. */
  STRING_CONCURRENT_HASH_MAP("ConcurrentHashMap<String, byte[]>");

  private final String label;

  Contender(String label) {
    this.label = label;
  }

  /** What tables call it. */
  String label() {
    return label;
  }
}
