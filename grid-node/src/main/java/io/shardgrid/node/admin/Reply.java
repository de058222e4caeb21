package io.shardgrid.node.admin;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * What a request is answered with. Immutable.
 *
 * @param body a {@link Text}, a {@link File}, an {@link EventFeed} that is sent from now on, or
 *     what Jackson makes JSON of
 */
record Reply(HttpResponseStatus status, Object body) {

  /** The body of a reply that says what went wrong. */
  record Problem(int status, String error, String message) {}

  /** A body that is no JSON. */
  record Text(String contentType, String text) {}

  /** A body that is as it is, and how long it may be kept. Nobody changes the bytes. */
  record File(String contentType, byte[] bytes, String cacheControl) {}

  static Reply ok(Object body) {
    return new Reply(HttpResponseStatus.OK, body);
  }

  static Reply problem(HttpResponseStatus status, String message) {
    return new Reply(status, new Problem(status.code(), status.reasonPhrase(), message));
  }
}
