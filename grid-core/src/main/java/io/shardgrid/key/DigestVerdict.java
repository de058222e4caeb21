package io.shardgrid.key;

/** What the comparison of a copy with its original has shown. */
public enum DigestVerdict {
  /** They have not been compared yet. */
  NOT_YET,

  /** The same entries at the same sequence number. */
  MATCHED,

  /** Other entries at the same sequence number: the copy is not used. */
  DIFFERED,

  /** There is nothing to compare: the member had the data before, or nobody says what it has. */
  NONE
}
