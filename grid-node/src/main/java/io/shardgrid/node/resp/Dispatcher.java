package io.shardgrid.node.resp;

import io.shardgrid.node.access.GridAccess;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.trace.Tracing;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the command that a client names and runs it. Immutable; shared by all connections. */
final class Dispatcher {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private static final CommandSpec REFUSED =
      CommandSpec.command("", 0, call -> {}, "Stands for what is no command");

  private static final int SHOWN_CHARS_MAX = 128;

  private final CommandTable commands;

  Dispatcher(CommandTable commands) {
    this.commands = commands;
  }

  /** Runs a command, on the connection's event loop. */
  Call run(Connection connection, byte[][] args) {
    CommandSpec command = commands.find(args[0]);
    if (command == null) {
      return unknown(connection, args);
    }
    Call call = call(connection, command, args);
    if (!command.takes(args.length)) {
      call.error(
          connection.gate().isPassed()
              ? CommandRefusal.arity(command.name()).reply()
              : AccessGate.NOAUTH);
    } else {
      run(call);
    }
    return call;
  }

  private static Call call(Connection connection, CommandSpec command, byte[][] args) {
    TraceContext told = connection.session().takeTrace();
    GridAccess grid = connection.server().grid();
    Tracing tracing = grid == null ? null : grid.router().traces().tracing();
    Call followed =
        tracing == null ? null : FollowedCall.open(connection, command, args, told, tracing);
    return followed == null ? new Call(connection, command, args) : followed;
  }

  private static void run(Call call) {
    CommandSpec command = call.command();
    try {
      String denial = call.connection().gate().denial(call);
      if (denial != null) {
        call.error(denial);
      } else if (call.server().grid() == null && !command.has(CommandSpec.Flag.LOADING)) {
        call.error(RespServerState.LOADING);
      } else {
        call.session().running(command.name());
        note(call);
        command.handler().run(call);
      }
    } catch (CommandRefusal e) {
      call.error(e.reply());
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("trace_id", call.asker().isSampled() ? call.asker().traceId() : null)
          .setCause(e)
          .log("A command failed: command={}", command.name());
      if (!call.isEnded()) {
        call.error("ERR internal error: command=" + command.name());
      }
    }
  }

  private static void note(Call call) {
    if (CommandRights.isAudited(call.command().name())) {
      AccessGate gate = call.connection().gate();
      gate.desk()
          .audit()
          .acted(
              gate.caller(),
              call.command().name() + ", map=" + call.map() + ", needs=" + call.need().words(),
              "begun");
    }
  }

  private Call unknown(Connection connection, byte[][] args) {
    if (connection.gate().isPassed()) {
      return refuse(connection, unknown(args));
    }
    connection.gate().refused("a command that there is not", "no login");
    return refuse(connection, AccessGate.NOAUTH);
  }

  /** A call that has ended with an error: code, blank, message. */
  Call refuse(Connection connection, String text) {
    Call call = new Call(connection, REFUSED, new byte[][] {});
    call.error(text);
    return call;
  }

  private static String unknown(byte[][] args) {
    StringBuilder shown = new StringBuilder();
    for (int at = 1; at < args.length && shown.length() < SHOWN_CHARS_MAX; at++) {
      shown.append('\'').append(shown(args[at], SHOWN_CHARS_MAX - shown.length())).append("' ");
    }
    return "ERR unknown command '"
        + shown(args[0], SHOWN_CHARS_MAX)
        + "', with args beginning with: "
        + shown;
  }

  private static String shown(byte[] text, int charsMax) {
    return new String(text, 0, Math.min(text.length, charsMax), StandardCharsets.UTF_8);
  }
}
