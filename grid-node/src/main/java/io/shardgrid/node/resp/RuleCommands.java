package io.shardgrid.node.resp;

import io.netty.buffer.ByteBuf;
import io.shardgrid.failure.GridException;
import io.shardgrid.map.RuleCallForm;
import io.shardgrid.rule.RuleBook;
import io.shardgrid.rule.RuleEntry;
import io.shardgrid.rule.RuleView;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.resp.RespVersion;
import io.shardgrid.wire.resp.RespWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** {@code GRID.RULE}: rules are loaded, listed, dropped and called. */
final class RuleCommands {

  /** Where the map stands in {@code GRID.RULE CALL map key rule}. */
  private static final int MAP_OF_CALL = 2;

  private static final int VIEW_PAIRS = 7;

  private RuleCommands() {}

  static void rule(Call call) {
    String subcommand = call.word(0);
    int args = call.argCount();
    RuleBook rules = call.grid().rules();
    if (subcommand.equals("CALL") && args >= 4) {
      invoke(call);
    } else if (subcommand.equals("LOAD") && args == 3) {
      answer(call, rules.load(named(call), call.arg(2)), RuleCommands::writeView);
    } else if (subcommand.equals("LIST") && args == 1) {
      answer(call, rules.list(), RuleCommands::writeViews);
    } else if (subcommand.equals("DROP") && args == 2) {
      answer(call, rules.drop(named(call)), RuleCommands::writeFlag);
    } else if (subcommand.equals("RELEASE") && args == 2) {
      answer(call, rules.release(named(call)), RuleCommands::writeFlag);
    } else {
      throw new CommandRefusal(
          "ERR GRID.RULE takes LOAD name module, LIST, DROP name, RELEASE name, or CALL map key"
              + " rule[.function] argument ...");
    }
  }

  private static String named(Call call) {
    try {
      RuleEntry.requireName(call.text(1));
    } catch (IllegalArgumentException e) {
      throw new CommandRefusal("ERR " + e.getMessage());
    }
    return call.text(1);
  }

  /** Which argument names the map, the command's name being number 0; 0 if none does. */
  static int mapArgument(byte[][] args) {
    return args.length > MAP_OF_CALL && isCall(args) ? MAP_OF_CALL : 0;
  }

  static boolean isCall(byte[][] args) {
    return args.length > 1
        && new String(args[1], StandardCharsets.ISO_8859_1).equalsIgnoreCase("CALL");
  }

  private static void invoke(Call call) {
    byte[] key = call.key(2);
    List<byte[]> arguments = new ArrayList<>();
    for (int at = 4; at < call.argCount(); at++) {
      arguments.add(call.value(at));
    }
    RuleCallForm form = formOf(call.text(3), arguments);
    call.submit(
        key,
        new Request.Invoke(key, form.rule(), form.function(), form.numbers(), form.bytes()),
        ReplyForm.RESULT);
  }

  private static RuleCallForm formOf(String named, List<byte[]> arguments) {
    try {
      return RuleCallForm.of(named, arguments.toArray());
    } catch (IllegalArgumentException e) {
      throw new CommandRefusal("ERR " + e.getMessage());
    }
  }

  /** How something is written as a reply. */
  private interface Form<T> {
    void write(ByteBuf out, RespVersion version, T found);
  }

  private static <T> void answer(Call call, CompletionStage<T> stage, Form<T> form) {
    stage.whenComplete(
        (found, failure) -> {
          Throwable cause =
              failure instanceof CompletionException && failure.getCause() != null
                  ? failure.getCause()
                  : failure;
          if (cause instanceof GridException known) {
            call.failed(known);
          } else if (cause != null) {
            call.error("ERR " + cause.getMessage());
          } else {
            call.reply((out, version) -> form.write(out, version, found));
          }
        });
  }

  private static void writeFlag(ByteBuf out, RespVersion version, Boolean flag) {
    RespWriter.integer(out, flag ? 1 : 0);
  }

  private static void writeViews(ByteBuf out, RespVersion version, List<RuleView> views) {
    RespWriter.arrayHeader(out, views.size());
    views.forEach(view -> writeView(out, version, view));
  }

  private static void writeView(ByteBuf out, RespVersion version, RuleView view) {
    RespWriter.mapHeader(out, VIEW_PAIRS, version);
    text(out, "name", view.entry().name());
    text(out, "module", view.entry().hash());
    RespWriter.bulk(out, "bytes");
    RespWriter.integer(out, view.entry().bytes());
    RespWriter.bulk(out, "loaded-at");
    RespWriter.integer(out, view.entry().loadedAtMillis());
    RespWriter.bulk(out, "functions");
    RespWriter.arrayHeader(out, view.functions().size());
    view.functions().forEach(function -> RespWriter.bulk(out, function));
    text(out, "changes", view.mayChange() ? "yes" : "no");
    text(out, "problem", view.problem().orElse(""));
  }

  private static void text(ByteBuf out, String name, String value) {
    RespWriter.bulk(out, name);
    RespWriter.bulk(out, value);
  }
}
