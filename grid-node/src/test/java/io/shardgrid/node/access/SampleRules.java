package io.shardgrid.node.access;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.failure.InvalidRuleException;
import io.shardgrid.rule.RuleBook;
import io.shardgrid.rule.RuleEntry;
import io.shardgrid.rule.RuleModule;
import io.shardgrid.rule.RuleView;
import io.shardgrid.shard.Invocation;
import io.shardgrid.shard.Ruling;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Request;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Rules without an engine: a module is taken if it begins as WebAssembly does, and whatever is
 * called decides that the entry is to be its first argument, and answers what it was. Thread-safe.
 */
public final class SampleRules implements RuleBook {

  private static final long LOADED_AT_MILLIS = 1_700_000_000_000L;

  private final NavigableMap<String, RuleEntry> known = new ConcurrentSkipListMap<>();

  /** What is decided. */
  Ruling ruling(Invocation invocation) {
    Request.Invoke asked = invocation.request();
    if (!known.containsKey(asked.rule())) {
      return Ruling.keep(
          new Answer.Failed(FailureCode.RULE_INVALID, "There is no such rule: " + asked.rule()));
    }
    byte[] before = invocation.found() instanceof Answer.Entry entry ? entry.value() : null;
    return asked.bytes().isEmpty()
        ? Ruling.keep(new Answer.Result(0, before))
        : Ruling.put(asked.bytes().get(0), Expiry.NEVER, new Answer.Result(0, before));
  }

  @Override
  public CompletionStage<RuleView> load(String name, byte[] module) {
    if (module.length < 4 || module[1] != 'a' || module[2] != 's' || module[3] != 'm') {
      return CompletableFuture.failedStage(
          new InvalidRuleException("This is no WebAssembly: bytes=" + module.length));
    }
    RuleEntry entry =
        new RuleEntry(name, RuleModule.hashOf(module), module.length, LOADED_AT_MILLIS, 0);
    known.put(name, entry);
    return CompletableFuture.completedStage(view(entry));
  }

  @Override
  public CompletionStage<Boolean> drop(String name) {
    return CompletableFuture.completedStage(known.remove(name) != null);
  }

  @Override
  public CompletionStage<Boolean> release(String name) {
    return CompletableFuture.completedStage(known.containsKey(name));
  }

  @Override
  public CompletionStage<List<RuleView>> list() {
    return CompletableFuture.completedStage(
        known.values().stream().map(SampleRules::view).toList());
  }

  private static RuleView view(RuleEntry entry) {
    return RuleView.missing(entry, "there is no engine here");
  }
}
