package io.shardgrid.baseline;

/** One situation in which one map is measured. Immutable. */
record MatrixCell(Contender map, int readPercent, KeyDistribution distribution, int threads) {

  /** A name for files. */
  String code() {
    return "%s-%s-reads%d-threads%d"
        .formatted(map.code(), distribution.code(), readPercent, threads);
  }
}
