package io.shardgrid.node.store;

import io.shardgrid.failure.GridConfigException;

/** What databases say in ways of their own. */
enum Dialect {
  /** PostgreSQL 9.5 and later. */
  POSTGRESQL {
    @Override
    String upsert(JdbcSettings.Columns columns) {
      return "INSERT INTO %1$s AS t (%2$s, %3$s, %4$s) VALUES (?, ?, ?)"
              .formatted(columns.table(), columns.key(), columns.value(), columns.version())
          + " ON CONFLICT (%2$s) DO UPDATE SET %3$s = EXCLUDED.%3$s, %4$s = EXCLUDED.%4$s"
              .formatted(columns.table(), columns.key(), columns.value(), columns.version())
          + " WHERE t.%1$s IS NULL OR t.%1$s < EXCLUDED.%1$s".formatted(columns.version());
    }

    @Override
    String limit(long millis) {
      return "SET statement_timeout = " + millis;
    }
  },

  /** H2 2. */
  H2 {
    @Override
    String upsert(JdbcSettings.Columns columns) {
      String type = columns.isText() ? "VARCHAR" : "VARBINARY";
      return "MERGE INTO %s t USING (VALUES (CAST(? AS VARCHAR), CAST(? AS %s), CAST(? AS BIGINT)))"
              .formatted(columns.table(), type)
          + " s(k, v, n) ON t.%s = s.k".formatted(columns.key())
          + " WHEN MATCHED AND (t.%2$s IS NULL OR t.%2$s < s.n) THEN UPDATE SET %1$s = s.v, %2$s = s.n"
              .formatted(columns.value(), columns.version())
          + " WHEN NOT MATCHED THEN INSERT (%s, %s, %s) VALUES (s.k, s.v, s.n)"
              .formatted(columns.key(), columns.value(), columns.version());
    }

    @Override
    String limit(long millis) {
      return "SET QUERY_TIMEOUT " + millis;
    }
  };

  /** Stores a row unless there is one with this version or a later one: key, value, version. */
  abstract String upsert(JdbcSettings.Columns columns);

  /** Ends what a connection asks for after so long, at the database too. */
  abstract String limit(long millis);

  /**
   * The one that an address is for.
   *
   * @throws GridConfigException if there is none
   */
  static Dialect of(String url) {
    if (url.startsWith("jdbc:postgresql:")) {
      return POSTGRESQL;
    }
    if (url.startsWith("jdbc:h2:")) {
      return H2;
    }
    throw new GridConfigException(
        "A database is of no known kind: wanted=jdbc:postgresql: or jdbc:h2:, found=" + url);
  }
}
