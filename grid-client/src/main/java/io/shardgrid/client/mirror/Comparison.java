package io.shardgrid.client.mirror;

import io.shardgrid.wire.Request;

/**
 * One operation that both clusters were asked, and how it ended there. Immutable.
 *
 * @param number of the operation; grows in the order in which a key was asked
 * @param kind of the operation
 */
record Comparison(
    long number, KeyRef key, Request.Kind kind, SideReply production, SideReply canary) {

  /** Bytes that its answers hold. */
  long bytes() {
    return production.bytes() + canary.bytes();
  }

  /** The same without what a sample does not show. */
  Comparison cut() {
    return new Comparison(number, key, kind, production.cut(), canary.cut());
  }
}
