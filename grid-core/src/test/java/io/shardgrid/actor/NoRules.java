package io.shardgrid.actor;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.shard.Invocation;
import io.shardgrid.shard.Ruling;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import java.util.function.Consumer;

/** Knows no rule. */
final class NoRules implements RuleRunner {

  @Override
  public boolean isKnownToRead(String rule) {
    return false;
  }

  @Override
  public void run(Invocation invocation, Operation operation, Consumer<Ruling> decided) {
    decided.accept(
        Ruling.keep(new Answer.Failed(FailureCode.RULE_INVALID, "There is no such rule")));
  }
}
