package io.shardgrid.node.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.shardgrid.node.security.AccessBook;
import io.shardgrid.node.security.AccessDesk;
import io.shardgrid.node.security.Caller;
import io.shardgrid.node.security.Grants;
import io.shardgrid.node.security.Logins;
import io.shardgrid.node.security.Need;
import io.shardgrid.node.security.Token;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests through that may be answered, by their header Authorization: Basic with a user and
 * a password, or Bearer with a token. Thread-safe; never blocks.
 */
final class AdminGate {

  /** What the header WWW-Authenticate of a refusal says. */
  static final String CHALLENGE = "Basic realm=\"shardgrid\", charset=\"UTF-8\", Bearer";

  private static final String BASIC = "basic ";
  private static final String BEARER = "bearer ";

  /**
   * What was decided of one request.
   *
   * @param refusal what it is answered with; null if it may be answered
   */
  record Passage(Caller caller, @Nullable Reply refusal) {}

  private record Known(String name, Grants grants) {}

  /**
   * What a request wants.
   *
   * @param need what has to be granted
   * @param map of which map, if it names one; null for every map
   * @param what method and path, for the audit log
   */
  record Wanted(Need need, @Nullable String map, String what) {

    private boolean isGranted(Grants grants) {
      return map == null ? grants.cover(need) : grants.cover(need, map);
    }

    private String words() {
      return map == null || !need.isOfOneMap() ? need.words() : need.words() + " on " + map;
    }
  }

  private final AccessDesk desk;

  AdminGate(AccessDesk desk) {
    this.desk = desk;
  }

  AccessDesk desk() {
    return desk;
  }

  /**
   * Decides.
   *
   * @param authorization the header; empty if there is none
   */
  CompletionStage<Passage> judge(Wanted wanted, String authorization, SocketAddress remote) {
    AccessBook book = desk.book();
    if (wanted.need == Need.NOTHING || !book.isRequired()) {
      return CompletableFuture.completedStage(new Passage(Caller.at("", remote), null));
    }
    String small = authorization.toLowerCase(Locale.ROOT);
    if (small.startsWith(BEARER)) {
      String word = authorization.substring(BEARER.length()).strip();
      return CompletableFuture.completedStage(bearer(book, wanted, word, remote));
    }
    if (small.startsWith(BASIC)) {
      return basic(book, wanted, authorization.substring(BASIC.length()).strip(), remote);
    }
    return CompletableFuture.completedStage(unknown(wanted, "no login", remote));
  }

  private Passage bearer(AccessBook book, Wanted wanted, String word, SocketAddress remote) {
    Token token = book.token(Token.digestOf(word), Instant.now());
    return token == null
        ? unknown(wanted, "wrong or expired token", remote)
        : known(new Known(token.name(), token.grants()), wanted, remote);
  }

  private CompletionStage<Passage> basic(
      AccessBook book, Wanted wanted, String encoded, SocketAddress remote) {
    byte[] pair;
    try {
      pair = Base64.getDecoder().decode(encoded);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.completedStage(unknown(wanted, "no Base64", remote));
    }
    int colon = 0;
    while (colon < pair.length && pair[colon] != ':') {
      colon++;
    }
    if (colon == pair.length) {
      return CompletableFuture.completedStage(unknown(wanted, "no user:password", remote));
    }
    String name = new String(pair, 0, colon, StandardCharsets.UTF_8);
    byte[] password = Arrays.copyOfRange(pair, colon + 1, pair.length);
    return desk.logins()
        .check(book, name, password, addressOf(remote))
        .thenApply(outcome -> passage(outcome, wanted, name, remote));
  }

  private Passage passage(
      Logins.Outcome outcome, Wanted wanted, String name, SocketAddress remote) {
    if (outcome instanceof Logins.Accepted accepted) {
      Known known = new Known(accepted.user().name(), accepted.user().grants());
      return known(known, wanted, remote);
    } else if (outcome instanceof Logins.Busy) {
      return new Passage(
          Caller.at("", remote),
          Reply.problem(
              HttpResponseStatus.TOO_MANY_REQUESTS,
              "Too many logins wait, this one was not looked at: try later"));
    }
    return unknown(wanted, "wrong name or password, user=" + name, remote);
  }

  private Passage known(Known known, Wanted wanted, SocketAddress remote) {
    Caller caller = Caller.at(known.name, remote);
    if (wanted.isGranted(known.grants)) {
      return new Passage(caller, null);
    }
    desk.counters().forbidden.increment();
    desk.audit().refused(caller, wanted.what, "needs " + wanted.words());
    return new Passage(
        caller,
        Reply.problem(
            HttpResponseStatus.FORBIDDEN,
            "You may not do this: user=" + known.name + ", needs=" + wanted.words()));
  }

  private Passage unknown(Wanted wanted, String why, SocketAddress remote) {
    Caller caller = Caller.at("", remote);
    desk.counters().unknown.increment();
    desk.audit().refused(caller, wanted.what, why);
    return new Passage(
        caller,
        Reply.problem(
            HttpResponseStatus.UNAUTHORIZED,
            "Say who you are: by a user and a password (Basic) or a token (Bearer)"));
  }

  private static @Nullable InetAddress addressOf(SocketAddress remote) {
    return remote instanceof InetSocketAddress internet ? internet.getAddress() : null;
  }
}
