package io.shardgrid.node.resp;

import io.shardgrid.route.Scatter;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Request;
import java.util.ArrayList;
import java.util.List;

/** Commands about entries whatever their values: removal, presence, time to live. */
final class KeyCommands {

  private KeyCommands() {}

  static void del(Call call) {
    if (call.argCount() == 1) {
      byte[] key = call.key(0);
      call.submit(key, new Request.Remove(key, Condition.ALWAYS, false), ReplyForm.APPLIED);
      return;
    }
    call.submitAll(
        keys(call),
        part -> new Request.RemoveAll(part.keys()),
        (parts, answers) -> Scatter.sum(answers),
        ReplyForm.AMOUNT);
  }

  static void exists(Call call) {
    if (call.argCount() == 1) {
      byte[] key = call.key(0);
      call.submit(key, new Request.Peek(key), ReplyForm.PRESENT);
      return;
    }
    call.submitAll(
        keys(call),
        part -> new Request.CountAll(part.keys()),
        (parts, answers) -> Scatter.sum(answers),
        ReplyForm.AMOUNT);
  }

  static void type(Call call) {
    peek(call, ReplyForm.TYPE);
  }

  static void ttl(Call call) {
    peek(call, ReplyForm.SECONDS_LEFT);
  }

  static void pttl(Call call) {
    peek(call, ReplyForm.MILLIS_LEFT);
  }

  private static void peek(Call call, ReplyForm form) {
    byte[] key = call.key(0);
    call.submit(key, new Request.Peek(key), form);
  }

  static void expire(Call call) {
    expire(call, Expiries.millis(call.integer(1), call.command().name()));
  }

  static void pexpire(Call call) {
    expire(call, call.integer(1));
  }

  private static void expire(Call call, long millis) {
    if (call.argCount() > 2) {
      throw new CommandRefusal("ERR Unsupported option " + call.text(2));
    }
    byte[] key = call.key(0);
    // A time to live that is over removes the entry, as in Redis.
    Request request =
        millis <= 0
            ? new Request.Remove(key, Condition.ALWAYS, false)
            : new Request.Expire(key, Expiries.after(millis, call.command().name()), false);
    call.submit(key, request, ReplyForm.APPLIED);
  }

  static void persist(Call call) {
    byte[] key = call.key(0);
    call.submit(key, new Request.Expire(key, Expiry.NEVER, false), ReplyForm.APPLIED);
  }

  private static List<byte[]> keys(Call call) {
    List<byte[]> keys = new ArrayList<>(call.argCount());
    for (int at = 0; at < call.argCount(); at++) {
      keys.add(call.key(at));
    }
    return keys;
  }
}
