package io.shardgrid.rule;

import io.shardgrid.failure.GridException;
import io.shardgrid.failure.InvalidRuleException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One module on its way to be compiled. */
final class LoadTask implements RuleThreads.Task {

  private final byte[] module;
  private final RuleSettings settings;
  private final CompletableFuture<CompiledRule> promised = new CompletableFuture<>();
  private @Nullable CompiledRule compiled;
  private @Nullable Throwable failure;

  LoadTask(byte[] module, RuleSettings settings) {
    this.module = module;
    this.settings = settings;
  }

  CompletableFuture<CompiledRule> promised() {
    return promised;
  }

  @Override
  public void run(RuleInstances instances) {
    try {
      EngineWarmUp.run();
      compiled = CompiledRule.of(module, settings);
    } catch (InvalidRuleException e) {
      failure = e;
    } catch (RuntimeException | LinkageError | AssertionError | VirtualMachineError e) {
      failure =
          new InvalidRuleException(
              "A rule's module cannot be compiled: cause=" + RuleText.shortened(String.valueOf(e)),
              e);
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
            "A rule's module takes too long to check and compile: limit=grid.rule.load-timeout ("
                + settings.loadTimeout().toMillis()
                + " ms)"));
  }

  @Override
  public void refused(GridException why) {
    promised.completeExceptionally(why);
  }
}
