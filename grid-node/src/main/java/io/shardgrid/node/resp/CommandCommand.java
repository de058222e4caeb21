package io.shardgrid.node.resp;

import io.netty.buffer.ByteBuf;
import io.shardgrid.wire.resp.RespVersion;
import io.shardgrid.wire.resp.RespWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code COMMAND}: tells clients of the table of commands. */
final class CommandCommand {

  private static final int FIELDS = 10;
  private static final int DOC_PAIRS = 3;

  private CommandCommand() {}

  static void command(Call call) {
    CommandTable table = CommandTable.get();
    if (call.argCount() == 0) {
      describe(call, table.all());
      return;
    }
    switch (call.word(0)) {
      case "COUNT" -> call.reply((out, version) -> RespWriter.integer(out, table.all().size()));
      case "LIST" -> list(call, table);
      case "INFO" -> describe(call, named(call, table));
      case "DOCS" -> document(call, named(call, table));
      default -> throw ConnectionCommands.unknownSubcommand(call);
    }
  }

  /** The commands that are named, null for one that is not known; all if none is named. */
  private static List<@Nullable CommandSpec> named(Call call, CommandTable table) {
    List<@Nullable CommandSpec> named = new ArrayList<>();
    if (call.argCount() == 1) {
      named.addAll(table.all());
    }
    for (int at = 1; at < call.argCount(); at++) {
      named.add(table.find(call.arg(at)));
    }
    return named;
  }

  private static void list(Call call, CommandTable table) {
    call.reply(
        (out, version) -> {
          RespWriter.arrayHeader(out, table.all().size());
          table.all().forEach(command -> RespWriter.bulk(out, command.name()));
        });
  }

  private static void describe(Call call, List<? extends @Nullable CommandSpec> commands) {
    call.reply(
        (out, version) -> {
          RespWriter.arrayHeader(out, commands.size());
          for (CommandSpec command : commands) {
            if (command == null) {
              RespWriter.nilArray(out, version);
            } else {
              describe(out, version, command);
            }
          }
        });
  }

  private static void describe(ByteBuf out, RespVersion version, CommandSpec command) {
    RespWriter.arrayHeader(out, FIELDS);
    RespWriter.bulk(out, command.name());
    RespWriter.integer(out, command.arity());
    RespWriter.setHeader(out, command.flags().size(), version);
    command.flags().forEach(flag -> RespWriter.simple(out, flag.word()));
    RespWriter.integer(out, command.keys().first());
    RespWriter.integer(out, command.keys().last());
    RespWriter.integer(out, command.keys().step());
    RespWriter.setHeader(out, 0, version);
    RespWriter.arrayHeader(out, 0);
    RespWriter.arrayHeader(out, 0);
    RespWriter.arrayHeader(out, 0);
  }

  private static void document(Call call, List<@Nullable CommandSpec> commands) {
    List<CommandSpec> known = new ArrayList<>();
    for (CommandSpec command : commands) {
      if (command != null) {
        known.add(command);
      }
    }
    call.reply(
        (out, version) -> {
          RespWriter.mapHeader(out, known.size(), version);
          for (CommandSpec command : known) {
            RespWriter.bulk(out, command.name());
            RespWriter.mapHeader(out, DOC_PAIRS, version);
            RespWriter.bulk(out, "summary");
            RespWriter.bulk(out, command.summary());
            RespWriter.bulk(out, "since");
            RespWriter.bulk(out, "1.0.0");
            RespWriter.bulk(out, "group");
            RespWriter.bulk(out, command.keys().first() > 0 ? "string" : "server");
          }
        });
  }
}
