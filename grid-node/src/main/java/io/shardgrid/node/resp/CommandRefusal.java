package io.shardgrid.node.resp;

/** A command that is answered with an error because of how it is written. No stack trace. */
final class CommandRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Refuses with this reply: code, blank, message. */
  CommandRefusal(String reply) {
    super(reply, null, false, false);
  }

  static CommandRefusal syntax() {
    return new CommandRefusal("ERR syntax error");
  }

  static CommandRefusal notAnInteger() {
    return new CommandRefusal("ERR value is not an integer or out of range");
  }

  static CommandRefusal arity(String command) {
    return new CommandRefusal("ERR wrong number of arguments for '" + command + "' command");
  }

  /** The text of the reply. */
  String reply() {
    return String.valueOf(getMessage());
  }
}
