package io.shardgrid.node.backup;

import org.jspecify.annotations.Nullable;

/**
 * A part of a shard's file: a kind, and bytes with a checksum of their own.
 *
 * @param payload its bytes as they were before they were compressed
 */
record Block(Kind kind, byte[] payload) {

  /* In the file, big-endian:
   *
   *   offset  bytes
   *        0      1  kind
   *        1      1  1 if the payload is compressed (deflate, RFC 1951), else 0
   *        2      4  bytes of the payload
   *        6      4  bytes that it takes in the file
   *       10      4  CRC32C (RFC 3720) over the 10 bytes before and the payload as it is in the file
   *       14         the payload
   */
  static final int HEADER_BYTES = 14;

  /** More than an entry of the longest key and value takes, and than any block that is written. */
  static final int PAYLOAD_BYTES_MAX = 10 << 20;

  /** What a block holds. */
  enum Kind {
    /** Which shard of which cluster. */
    HEADER(1),
    /** Entries as they were when they were read. */
    CHUNK(2),
    /** Keys that were written since, as they were then. */
    CHANGES(3),
    /** The file is whole: what the shard held. */
    END(4);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** What stands for it in a file. */
    int code() {
      return code;
    }

    /** The kind with this code; null if there is none. */
    static @Nullable Kind of(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      return null;
    }
  }
}
