package io.shardgrid.node.resp;

import io.shardgrid.failure.GridException;
import io.shardgrid.route.Outcome;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.resp.RespWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Commands about the server and whole maps. */
final class ServerCommands {

  private ServerCommands() {}

  static void dbsize(Call call) {
    call.submitToEveryShard(new Request.Size(), ReplyForm.AMOUNT, call);
  }

  static void clear(Call call) {
    call.submitToEveryShard(new Request.Clear(), ReplyForm.OK, call);
  }

  static void flushall(Call call) {
    if (call.argCount() == 1 && call.word(0).equals("ALL")) {
      call.submitToEveryShard(new Request.ClearAll(), ReplyForm.OK, call);
      return;
    }
    boolean isPlain = call.argCount() == 0;
    if (!isPlain && !call.word(0).equals("ASYNC") && !call.word(0).equals("SYNC")) {
      throw CommandRefusal.syntax();
    }
    clear(call);
  }

  static void info(Call call) {
    Set<String> wanted = new LinkedHashSet<>();
    for (int at = 0; at < call.argCount(); at++) {
      wanted.add(call.word(at).toLowerCase(Locale.ROOT));
    }
    InfoText text = new InfoText(call.server(), wanted);
    if (!text.wantsKeyspace() || !call.connection().gate().mayCount()) {
      replyText(call, text.write(0));
      return;
    }
    Outcome counted =
        new Outcome() {
          @Override
          public void resolved(Answer answer) {
            replyText(call, text.write(answer instanceof Answer.Amount keys ? keys.value() : 0));
          }

          @Override
          public void failed(GridException failure) {
            replyText(call, text.write(0) + "# " + Failures.text(failure) + "\r\n");
          }

          @Override
          public TraceContext asker() {
            return call.asker();
          }
        };
    call.submitToEveryShard(new Request.Size(), ReplyForm.OK, counted);
  }

  private static void replyText(Call call, String text) {
    call.reply((out, version) -> RespWriter.bulk(out, text));
  }

  static void config(Call call) {
    switch (call.word(0)) {
      case "GET" -> configGet(call);
      case "SET", "REWRITE" ->
          throw new CommandRefusal(
              "ERR settings are read from the node's configuration when it starts; change them"
                  + " there");
      default -> throw ConnectionCommands.unknownSubcommand(call);
    }
  }

  private static void configGet(Call call) {
    if (call.argCount() < 2) {
      throw CommandRefusal.arity("config|get");
    }
    RespSettings.Bounds bounds = call.server().settings().bounds();
    Map<String, String> known = new LinkedHashMap<>();
    known.put("save", "");
    known.put("appendonly", "no");
    known.put("databases", "1");
    known.put("maxclients", String.valueOf(bounds.connectionsMax()));
    known.put("maxmemory", "0");
    known.put("port", String.valueOf(call.server().port()));
    known.put("proto-max-bulk-len", String.valueOf(bounds.valueBytesMax()));
    known.put("cluster-enabled", call.server().isCluster() ? "yes" : "no");
    known.put("timeout", String.valueOf(idleSeconds(call)));
    Map<String, String> matching = new LinkedHashMap<>();
    for (int at = 1; at < call.argCount(); at++) {
      Glob pattern =
          new Glob(call.text(at).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
      known.forEach(
          (key, value) -> {
            if (pattern.matches(key.getBytes(StandardCharsets.UTF_8))) {
              matching.put(key, value);
            }
          });
    }
    call.reply(
        (out, version) -> {
          RespWriter.mapHeader(out, matching.size(), version);
          matching.forEach(
              (key, value) -> {
                RespWriter.bulk(out, key);
                RespWriter.bulk(out, value);
              });
        });
  }

  private static long idleSeconds(Call call) {
    return call.server().settings().timeouts().idle().map(idle -> idle.toSeconds()).orElse(0L);
  }
}
