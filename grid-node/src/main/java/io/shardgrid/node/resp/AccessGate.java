package io.shardgrid.node.resp;

import io.shardgrid.node.security.AccessBook;
import io.shardgrid.node.security.AccessDesk;
import io.shardgrid.node.security.Caller;
import io.shardgrid.node.security.Grants;
import io.shardgrid.node.security.Need;
import io.shardgrid.node.security.User;
import io.shardgrid.wire.Operation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a connection, and what that one may do now: looked up for each command
 * in the users of now, so that what changes there is felt on open connections.
 *
 * <p>Confined to the connection's event loop, but for {@link #userName}. The usual check costs a
 * volatile read and a comparison of the map's name with the last one.
 */
final class AccessGate {

  static final String NOAUTH = "NOAUTH Authentication required.";

  private static final String ANYBODY = "default";

  private final AccessDesk desk;
  private final SocketAddress remote;
  private AccessBook book;

  /** Not volatile: others may see it late. */
  private @Nullable User user;

  /** Whether a password is being checked: no more commands are taken until that has ended. */
  private boolean isLoggingIn;

  private String lastMap = "";
  private int onLastMap;

  AccessGate(AccessDesk desk, SocketAddress remote) {
    this.desk = desk;
    this.remote = remote;
    this.book = desk.book();
  }

  AccessDesk desk() {
    return desk;
  }

  /** Whether clients have to say who they are. */
  boolean isRequired() {
    return desk.book().isRequired();
  }

  /** Whether somebody known is there, or nobody has to be. */
  boolean isPassed() {
    AccessBook now = desk.book();
    if (now != book) {
      renew(now);
    }
    return user != null || !now.isRequired();
  }

  boolean isLoggingIn() {
    return isLoggingIn;
  }

  void beginLogin() {
    isLoggingIn = true;
  }

  void endLogin() {
    isLoggingIn = false;
  }

  /** The name of the user, for {@code CLIENT LIST}. */
  String userName() {
    User known = user;
    return known == null ? ANYBODY : known.name();
  }

  /** From now on it is this user. */
  void accept(User accepted) {
    book = desk.book();
    become(book.renewed(accepted));
  }

  /** What a call is answered with that may not run; null if it may. */
  @Nullable String denial(Call call) {
    Need need = call.need();
    if (need == Need.NOTHING) {
      return null;
    }
    if (!isPassed()) {
      refused(call.command().name(), "no login");
      return NOAUTH;
    }
    User known = user;
    if (known == null || covers(known, need, need.isOfOneMap() ? call.map() : "")) {
      return null;
    }
    String on = need.isOfOneMap() ? ", map=" + call.map() : "";
    forbidden(call.command().name() + on, need);
    return "NOPERM User "
        + known.name()
        + " has no permissions to run the '"
        + call.command().name()
        + "' command: needs="
        + need.words()
        + on;
  }

  /** Whether a connection that is known may carry this operation out. */
  boolean mayCarryOut(Operation operation) {
    if (!isPassed()) {
      return false;
    }
    User known = user;
    return known == null || covers(known, CommandRights.of(operation.request()), operation.map());
  }

  /** Counts and logs an operation that may not be carried out; why, for its caller. */
  String refusal(Operation operation) {
    Need need = CommandRights.of(operation.request());
    String what = operation.request().kind() + ", map=" + operation.map();
    if (user == null) {
      refused(what, "no login");
      return "the user of this connection has been removed, disabled or given another password";
    }
    forbidden(what, need);
    return "user has no permission: user="
        + userName()
        + ", map="
        + operation.map()
        + ", needs="
        + need.words();
  }

  /** Counts and logs what is refused to nobody in particular. */
  void refused(String what, String why) {
    desk.counters().unknown.increment();
    desk.audit().refused(caller(), what, why);
  }

  private void forbidden(String what, Need need) {
    desk.counters().forbidden.increment();
    desk.audit().refused(caller(), what, "needs " + need.words());
  }

  Caller caller() {
    User known = user;
    return Caller.at(known == null ? "" : known.name(), remote);
  }

  /** The address of the client; null if that is not one of the internet. */
  @Nullable InetAddress source() {
    return remote instanceof InetSocketAddress internet ? internet.getAddress() : null;
  }

  /** Whether the map default may be read, whose keys {@code INFO} counts. */
  boolean mayCount() {
    User known = user;
    return known == null || covers(known, Need.READ, RespServerState.DEFAULT_MAP);
  }

  private boolean covers(User known, Need need, String map) {
    if (!need.isOfOneMap()) {
      return known.grants().cover(need);
    }
    if (!map.equals(lastMap)) {
      onLastMap = known.grants().onMap(map);
      lastMap = map;
    }
    return Grants.isCovered(need, onLastMap);
  }

  private void renew(AccessBook now) {
    book = now;
    User known = user;
    if (known != null) {
      become(now.renewed(known));
    }
  }

  private void become(@Nullable User next) {
    user = next;
    lastMap = "";
    onLastMap = next == null ? 0 : next.grants().onMap(lastMap);
  }
}
