package io.shardgrid.node.resp;

import io.shardgrid.node.security.Logins;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@code AUTH} and {@code HELLO} that checks a password: elsewhere, while the
 * connection takes no other command.
 */
final class LoginCommand {

  /** The reply where nobody has a password. */
  static final String NO_PASSWORDS =
      "ERR AUTH <password> called without any password configured for the default user. Are you"
          + " sure your configuration is correct?";

  static final String DEFAULT_USER = "default";

  private static final String WRONG =
      "WRONGPASS invalid username-password pair or user is disabled.";
  private static final String BUSY =
      "ERR too many logins wait, this one was not looked at: try later";
  private static final int NAME_BYTES_MAX = 64;

  private LoginCommand() {}

  /**
   * Checks a password.
   *
   * @param then ends the call, on the connection's event loop, once the user is accepted
   */
  static void check(Call call, String name, byte[] password, Runnable then) {
    Connection connection = call.connection();
    AccessGate gate = connection.gate();
    if (!gate.isRequired()) {
      throw new CommandRefusal(NO_PASSWORDS);
    }
    if (name.length() > NAME_BYTES_MAX) {
      throw new CommandRefusal(WRONG);
    }
    CompletionStage<Logins.Outcome> checked =
        gate.desk().logins().check(gate.desk().book(), name, password, gate.source());
    gate.beginLogin();
    checked.whenComplete(
        (outcome, failure) -> {
          if (connection.isOnItsLoop()) {
            end(call, name, outcome, then);
          } else {
            connection.onItsLoop(() -> end(call, name, outcome, then));
          }
        });
  }

  private static void end(Call call, String name, Logins.@Nullable Outcome outcome, Runnable then) {
    Connection connection = call.connection();
    connection.gate().endLogin();
    if (outcome instanceof Logins.Accepted accepted) {
      connection.gate().accept(accepted.user());
      connection.widen();
      then.run();
    } else if (outcome instanceof Logins.Busy) {
      call.error(BUSY);
    } else {
      connection.gate().refused("login, user=" + name, "wrong name or password");
      call.error(WRONG);
    }
  }
}
