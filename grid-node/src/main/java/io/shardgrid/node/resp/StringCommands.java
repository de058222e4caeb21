package io.shardgrid.node.resp;

import io.shardgrid.route.Scatter;
import io.shardgrid.route.ShardParts;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Commands that read and write values. */
final class StringCommands {

  private StringCommands() {}

  static void get(Call call) {
    byte[] key = call.key(0);
    call.submit(key, new Request.Get(key), ReplyForm.VALUE);
  }

  static void set(Call call) {
    byte[] key = call.key(0);
    SetOptions options = SetOptions.read(call, 2);
    Request put =
        new Request.Put(
            key, call.value(1), options.expiry(), options.condition(), options.wantsPrevious());
    call.submit(key, put, options.wantsPrevious() ? ReplyForm.PREVIOUS : ReplyForm.OK_IF_APPLIED);
  }

  static void setnx(Call call) {
    byte[] key = call.key(0);
    Request put = new Request.Put(key, call.value(1), Expiry.NEVER, Condition.ABSENT, false);
    call.submit(key, put, ReplyForm.APPLIED);
  }

  static void getdel(Call call) {
    byte[] key = call.key(0);
    call.submit(key, new Request.Remove(key, Condition.ALWAYS, true), ReplyForm.PREVIOUS);
  }

  static void getex(Call call) {
    byte[] key = call.key(0);
    if (call.argCount() == 1) {
      get(call);
      return;
    }
    String option = call.word(1);
    Expiry expiry;
    if (option.equals("PERSIST") && call.argCount() == 2) {
      expiry = Expiry.NEVER;
    } else if (Expiries.isTimed(option) && call.argCount() == 3) {
      expiry = Expiries.of(option, call.integer(2), call.command().name());
    } else {
      throw CommandRefusal.syntax();
    }
    call.submit(key, new Request.Expire(key, expiry, true), ReplyForm.PREVIOUS);
  }

  static void append(Call call) {
    byte[] key = call.key(0);
    call.submit(key, new Request.Append(key, call.value(1)), ReplyForm.AMOUNT);
  }

  static void strlen(Call call) {
    byte[] key = call.key(0);
    call.submit(key, new Request.Peek(key), ReplyForm.LENGTH);
  }

  static void incr(Call call) {
    add(call, 1);
  }

  static void decr(Call call) {
    add(call, -1);
  }

  static void incrby(Call call) {
    add(call, call.integer(1));
  }

  static void decrby(Call call) {
    long decrement = call.integer(1);
    if (decrement == Long.MIN_VALUE) {
      throw new CommandRefusal("ERR decrement would overflow");
    }
    add(call, -decrement);
  }

  private static void add(Call call, long delta) {
    byte[] key = call.key(0);
    call.submit(key, new Request.Add(key, delta), ReplyForm.AMOUNT);
  }

  static void mget(Call call) {
    List<byte[]> keys = new ArrayList<>(call.argCount());
    for (int at = 0; at < call.argCount(); at++) {
      keys.add(call.key(at));
    }
    call.submitAll(
        keys, part -> new Request.GetAll(part.keys()), StringCommands::inOrder, ReplyForm.VALUES);
  }

  static void mset(Call call) {
    if (call.argCount() % 2 != 0) {
      throw CommandRefusal.arity(call.command().name());
    }
    List<byte[]> keys = new ArrayList<>(call.argCount() / 2);
    List<byte[]> values = new ArrayList<>(call.argCount() / 2);
    for (int at = 0; at < call.argCount(); at += 2) {
      keys.add(call.key(at));
      values.add(call.value(at + 1));
    }
    call.submitAll(
        keys,
        part -> putAll(part, values),
        (parts, answers) -> Scatter.done(answers),
        ReplyForm.OK);
  }

  private static Request putAll(ShardParts.Part part, List<byte[]> values) {
    List<byte[]> ofPart = new ArrayList<>(part.keys().size());
    for (int place : part.places()) {
      ofPart.add(values.get(place));
    }
    return new Request.PutAll(part.keys(), ofPart, Expiry.NEVER);
  }

  private static Answer inOrder(ShardParts parts, AtomicReferenceArray<@Nullable Answer> answers) {
    byte @Nullable [][] values = new byte @Nullable [parts.keyCount()][];
    int number = 0;
    for (ShardParts.Part part : parts.byShard().values()) {
      if (answers.get(number++) instanceof Answer.Values found) {
        for (int at = 0; at < part.places().size(); at++) {
          values[part.places().get(at)] = found.values().get(at);
        }
      }
    }
    return new Answer.Values(Arrays.asList(values));
  }
}
