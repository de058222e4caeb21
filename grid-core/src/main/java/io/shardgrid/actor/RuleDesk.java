package io.shardgrid.actor;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.failure.GridException;
import io.shardgrid.failure.GridOverloadedException;
import io.shardgrid.failure.InvalidRuleException;
import io.shardgrid.failure.RuleException;
import io.shardgrid.rule.Rule;
import io.shardgrid.rule.RuleCall;
import io.shardgrid.rule.RuleCallback;
import io.shardgrid.rule.RuleEffect;
import io.shardgrid.rule.RuleEngine;
import io.shardgrid.rule.RuleResult;
import io.shardgrid.rule.RuleValue;
import io.shardgrid.shard.Invocation;
import io.shardgrid.shard.Ruling;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has the rules that this node knows decide about entries, and puts what they say into the words of
 * shards. Thread-safe.
 */
final class RuleDesk implements RuleRunner {

  private final RuleEngine engine;
  private final RuleShelf shelf;

  /**
   * A desk.
   *
   * @param shelf the rules that are known here
   */
  RuleDesk(RuleEngine engine, RuleShelf shelf) {
    this.engine = engine;
    this.shelf = shelf;
  }

  @Override
  public boolean isKnownToRead(String rule) {
    Rule known = shelf.known(rule);
    return known != null && !known.module().mayChange();
  }

  @Override
  public void run(Invocation invocation, Operation operation, Consumer<Ruling> decided) {
    Rule known = shelf.known(invocation.request().rule());
    if (known != null) {
      run(known, invocation, operation, decided);
      return;
    }
    shelf
        .find(invocation.request().rule())
        .whenComplete(
            (rule, failure) -> {
              if (rule != null) {
                run(rule, invocation, operation, decided);
              } else {
                decided.accept(failed(failure));
              }
            });
  }

  private void run(
      Rule rule, Invocation invocation, Operation operation, Consumer<Ruling> decided) {
    engine.run(
        rule,
        callOf(invocation),
        operation.deadlineNanos(),
        new RuleCallback() {
          @Override
          public void completed(RuleResult result) {
            decided.accept(rulingOf(result));
          }

          @Override
          public void failed(GridException failure) {
            decided.accept(RuleDesk.failed(failure));
          }
        });
  }

  private static RuleCall callOf(Invocation invocation) {
    Request.Invoke asked = invocation.request();
    List<RuleValue> arguments = new ArrayList<>();
    for (long number : asked.numbers()) {
      arguments.add(RuleValue.of(number));
    }
    asked.bytes().forEach(bytes -> arguments.add(RuleValue.of(bytes)));
    return invocation.found() instanceof Answer.Entry entry
        ? new RuleCall(
            asked.function(),
            arguments,
            asked.key(),
            entry.value(),
            entry.version(),
            entry.deadlineMillis(),
            invocation.wallMillis())
        : RuleCall.ofAbsent(asked.function(), arguments, asked.key(), invocation.wallMillis());
  }

  private static Ruling rulingOf(RuleResult result) {
    Answer answer = answerOf(result.value());
    if (result.effect() instanceof RuleEffect.Put put) {
      Expiry expiry = put.deadlineMillis() == 0 ? Expiry.NEVER : Expiry.at(put.deadlineMillis());
      return Ruling.put(put.value(), expiry, answer);
    }
    return result.effect() instanceof RuleEffect.Delete
        ? Ruling.remove(answer)
        : Ruling.keep(answer);
  }

  private static Answer answerOf(RuleValue value) {
    if (value instanceof RuleValue.Whole whole) {
      return new Answer.Result(whole.value(), null);
    }
    return new Answer.Result(0, value instanceof RuleValue.Bytes bytes ? bytes.value() : null);
  }

  private static Ruling failed(@Nullable Throwable failure) {
    Throwable cause = RuleShelf.causeOf(failure);
    String message = cause == null ? "no rule" : String.valueOf(cause.getMessage());
    return Ruling.keep(new Answer.Failed(codeOf(cause), message));
  }

  private static FailureCode codeOf(@Nullable Throwable failure) {
    if (failure instanceof RuleException rule) {
      return rule.code();
    }
    if (failure instanceof InvalidRuleException) {
      return FailureCode.RULE_INVALID;
    }
    return failure instanceof GridOverloadedException
        ? FailureCode.OVERLOADED
        : FailureCode.UNAVAILABLE;
  }
}
