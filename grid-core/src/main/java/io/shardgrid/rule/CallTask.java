package io.shardgrid.rule;

import io.shardgrid.failure.GridException;
import io.shardgrid.failure.GridTimeoutException;
import io.shardgrid.failure.RuleException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call on its way through the threads. */
final class CallTask implements RuleThreads.Task {

  private final RuleEngine engine;
  private final Rule rule;
  private final RuleFunction function;
  private final long[] parameters;
  private final RuleCall call;
  private final long deadlineNanos;
  private final RuleCallback callback;
  private boolean isLate;
  private @Nullable RuleResult result;
  private @Nullable RuleException failure;
  private List<String> lines = List.of();

  CallTask(
      RuleEngine engine,
      Rule rule,
      RuleFunction function,
      long[] parameters,
      RuleCall call,
      long deadlineNanos,
      RuleCallback callback) {
    this.engine = engine;
    this.rule = rule;
    this.function = function;
    this.parameters = parameters;
    this.call = call;
    this.deadlineNanos = deadlineNanos;
    this.callback = callback;
  }

  @Override
  public void run(RuleInstances instances) {
    if (System.nanoTime() - deadlineNanos > 0) {
      isLate = true;
      return;
    }
    RuleInstance instance = null;
    try {
      instance = instances.of(rule.compiled());
      result = instance.call(function, parameters, call);
      lines = instance.lines();
      if (!instance.reset()) {
        instances.remove(instance);
      }
    } catch (RuntimeException | LinkageError | AssertionError | VirtualMachineError e) {
      // A stack or a memory that overflowed is the rule's; nothing of the instance is used again.
      if (instance != null) {
        instances.remove(instance);
        lines = instance.lines();
      }
      failure = RuleFailure.of(e, rule, function.name(), instance);
    }
  }

  @Override
  public void finish() {
    if (isLate) {
      engine.late(callback, new GridTimeoutException("A rule had no thread in time: " + named()));
      return;
    }
    engine.log(rule, lines);
    RuleResult came = result;
    if (failure != null) {
      fail(failure);
    } else if (came != null) {
      engine.completed(rule);
      callback.completed(came);
    } else {
      fail(ended("the engine failed, see the node's log"));
    }
  }

  @Override
  public void abandoned() {
    fail(ended("grid.rule.time-limit, and it does not end when it is interrupted"));
  }

  private RuleException ended(String limit) {
    return new RuleException(
        RuleException.Reason.EXHAUSTED,
        "A rule was ended at a limit: " + named() + ", limit=" + limit);
  }

  private String named() {
    return "rule="
        + RuleText.shortened(rule.name())
        + ", function="
        + function.name()
        + ", module="
        + rule.module().hash();
  }

  private void fail(RuleException how) {
    engine.failed(rule, how);
    callback.failed(how);
  }

  @Override
  public void refused(GridException why) {
    engine.refuse(callback, why);
  }
}
