package io.shardgrid.wire.resp;

/** The version of RESP that a connection has agreed on. */
public enum RespVersion {
  /** What a connection speaks until it says otherwise. */
  RESP2,
  /**
   * After {@code HELLO 3}: nulls, doubles, booleans, maps, sets and pushes have types of their own.
   */
  RESP3
}
