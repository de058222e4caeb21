package io.shardgrid.node.resp;

import io.netty.buffer.ByteBuf;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.trace.TraceparentException;
import io.shardgrid.wire.resp.RespVersion;
import io.shardgrid.wire.resp.RespWriter;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Commands about the connection itself. */
final class ConnectionCommands {

  private static final int HELLO_PAIRS = 7;
  private static final String HELLO_NEEDS_LOGIN =
      "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO"
          + " <proto> AUTH <user> <pass> option can be used to authenticate the client and select"
          + " the RESP protocol version at the same time";

  private ConnectionCommands() {}

  static void ping(Call call) {
    if (call.argCount() > 1) {
      throw CommandRefusal.arity("ping");
    }
    if (call.argCount() == 1) {
      echo(call);
    } else {
      call.reply((out, version) -> RespWriter.pong(out));
    }
  }

  static void echo(Call call) {
    byte[] message = call.arg(0);
    call.reply((out, version) -> RespWriter.bulk(out, message));
  }

  static void ok(Call call) {
    call.reply((out, version) -> RespWriter.ok(out));
  }

  static void select(Call call) {
    if (call.integer(0) != 0) {
      throw new CommandRefusal("ERR DB index is out of range");
    }
    ok(call);
  }

  static void quit(Call call) {
    ok(call);
    call.connection().closeAfterReplies();
  }

  static void auth(Call call) {
    if (call.argCount() > 2) {
      throw CommandRefusal.syntax();
    }
    boolean isNamed = call.argCount() == 2;
    String name = isNamed ? call.text(0) : LoginCommand.DEFAULT_USER;
    LoginCommand.check(call, name, call.arg(isNamed ? 1 : 0), () -> ok(call));
  }

  /** {@code GRID.TRACE traceparent}: the next command of the connection belongs to that span. */
  static void trace(Call call) {
    try {
      call.session().follow(TraceContext.parse(call.text(0)));
    } catch (TraceparentException e) {
      throw new CommandRefusal("ERR GRID.TRACE: " + e.getMessage());
    }
    ok(call);
  }

  static void hello(Call call) {
    RespVersion wanted = call.argCount() == 0 ? call.session().version() : version(call);
    String name = null;
    int login = -1;
    for (int at = 1; at < call.argCount(); at += 2) {
      String option = call.word(at);
      if (option.equals("AUTH") && at + 2 < call.argCount()) {
        login = at + 1;
        at++;
      } else if (option.equals("SETNAME") && at + 1 < call.argCount()) {
        name = call.text(at + 1);
      } else {
        throw new CommandRefusal("ERR Syntax error in HELLO option '" + call.text(at) + "'");
      }
    }
    String named = name;
    if (login >= 0) {
      LoginCommand.check(
          call, call.text(login), call.arg(login + 1), () -> greet(call, wanted, named));
    } else if (call.connection().gate().isPassed()) {
      greet(call, wanted, named);
    } else {
      call.connection().gate().refused("hello", "no login");
      throw new CommandRefusal(HELLO_NEEDS_LOGIN);
    }
  }

  private static void greet(Call call, RespVersion wanted, @Nullable String name) {
    try {
      if (name != null) {
        call.session().rename(name);
      }
    } catch (CommandRefusal e) {
      call.error(e.reply());
      return;
    }
    call.session().speak(wanted);
    call.reply((out, before) -> writeHello(out, wanted, call));
  }

  private static RespVersion version(Call call) {
    RespVersion wanted =
        switch (call.text(0)) {
          case "2" -> RespVersion.RESP2;
          case "3" -> RespVersion.RESP3;
          default -> throw new CommandRefusal("NOPROTO unsupported protocol version");
        };
    if (wanted == RespVersion.RESP2 && call.session().nativeSession() != null) {
      throw new CommandRefusal("ERR GRID.HELLO was said, which needs RESP3");
    }
    return wanted;
  }

  private static void writeHello(ByteBuf out, RespVersion version, Call call) {
    RespWriter.mapHeader(out, HELLO_PAIRS, version);
    RespWriter.bulk(out, "server");
    RespWriter.bulk(out, "redis");
    RespWriter.bulk(out, "version");
    RespWriter.bulk(out, Versions.REDIS);
    RespWriter.bulk(out, "proto");
    RespWriter.integer(out, version == RespVersion.RESP3 ? 3 : 2);
    RespWriter.bulk(out, "id");
    RespWriter.integer(out, call.session().id());
    RespWriter.bulk(out, "mode");
    RespWriter.bulk(out, call.server().isCluster() ? "cluster" : "standalone");
    RespWriter.bulk(out, "role");
    RespWriter.bulk(out, "master");
    RespWriter.bulk(out, "modules");
    RespWriter.arrayHeader(out, 0);
  }

  static void client(Call call) {
    String subcommand = call.word(0);
    int args = call.argCount();
    if (subcommand.equals("SETNAME") && args == 2) {
      call.session().rename(call.text(1));
      ok(call);
    } else if (subcommand.equals("SETINFO") && args == 3) {
      call.session().library(call.word(1), call.text(2));
      ok(call);
    } else if (subcommand.equals("GETNAME") && args == 1) {
      getName(call);
    } else if (subcommand.equals("ID") && args == 1) {
      call.reply((out, version) -> RespWriter.integer(out, call.session().id()));
    } else if (subcommand.equals("INFO") && args == 1) {
      String line = line(call.connection());
      call.reply((out, version) -> RespWriter.bulk(out, line));
    } else if (subcommand.equals("LIST") && args == 1) {
      list(call);
    } else {
      throw unknownSubcommand(call);
    }
  }

  /** The refusal of a subcommand that is not known, or has too few or too many arguments. */
  static CommandRefusal unknownSubcommand(Call call) {
    return new CommandRefusal(
        "ERR unknown subcommand or wrong number of arguments for '"
            + call.text(0)
            + "'. Try COMMAND DOCS "
            + call.command().name()
            + ".");
  }

  private static void getName(Call call) {
    String name = call.session().name();
    call.reply(
        (out, version) -> {
          if (name.isEmpty()) {
            RespWriter.nil(out, version);
          } else {
            RespWriter.bulk(out, name);
          }
        });
  }

  private static void list(Call call) {
    StringBuilder lines = new StringBuilder();
    call.server().connections().values().stream()
        .sorted(Comparator.comparingLong(connection -> connection.session().id()))
        .forEach(connection -> lines.append(line(connection)));
    String text = lines.toString();
    call.reply((out, version) -> RespWriter.bulk(out, text));
  }

  private static String line(Connection connection) {
    Session session = connection.session();
    return "id="
        + session.id()
        + " addr="
        + address(connection.channel().remoteAddress())
        + " laddr="
        + address(connection.channel().localAddress())
        + " name="
        + session.name()
        + " age="
        + connection.ageSeconds()
        + " flags=N db=0 cmd="
        + session.lastCommand()
        + " user="
        + connection.gate().userName()
        + " lib-name="
        + session.library()
        + " lib-ver="
        + session.libraryVersion()
        + " resp="
        + (session.version() == RespVersion.RESP3 ? 3 : 2)
        + "\n";
  }

  private static String address(SocketAddress address) {
    return address instanceof InetSocketAddress internet
        ? internet.getAddress().getHostAddress() + ":" + internet.getPort()
        : String.valueOf(address);
  }
}
