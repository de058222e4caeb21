package io.shardgrid.node.admin;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * What a request is answered with. Immutable.
 *
 * @param body a {@link Text}, or what Jackson makes JSON of
 */
record Reply(HttpResponseStatus status, Object body) {

  /** The body of a reply that says what went wrong. */
  record Problem(int status, String error, String message) {}

  /** A body that is no JSON. */
  record Text(String contentType, String text) {}

  static Reply ok(Object body) {
    return new Reply(HttpResponseStatus.OK, body);
  }

  static Reply problem(HttpResponseStatus status, String message) {
    return new Reply(status, new Problem(status.code(), status.reasonPhrase(), message));
  }
}
