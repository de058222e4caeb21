package io.shardgrid.rule;

import io.shardgrid.failure.GridException;
import io.shardgrid.failure.InvalidRuleException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The first instance of a module, made where and as calls are run. */
final class StartTask implements RuleThreads.Task {

  private final CompiledRule compiled;
  private final CompletableFuture<CompiledRule> promised = new CompletableFuture<>();
  private @Nullable InvalidRuleException failure;

  StartTask(CompiledRule compiled) {
    this.compiled = compiled;
  }

  CompletableFuture<CompiledRule> promised() {
    return promised;
  }

  @Override
  public void run(RuleInstances instances) {
    try {
      instances.of(compiled);
    } catch (RuntimeException | LinkageError | AssertionError | VirtualMachineError e) {
      failure = RuleFailure.ofStart(e, compiled);
    }
  }

  @Override
  public void finish() {
    if (failure != null) {
      promised.completeExceptionally(failure);
    } else {
      promised.complete(compiled);
    }
  }

  @Override
  public void abandoned() {
    promised.completeExceptionally(
        new InvalidRuleException(
            "A rule's module does not begin, and does not end when it is interrupted: module="
                + compiled.module().hash()));
  }

  @Override
  public void refused(GridException why) {
    promised.completeExceptionally(why);
  }
}
