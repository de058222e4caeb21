package io.shardgrid.actor;

import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.failure.InvalidRuleException;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.EntryView;
import io.shardgrid.rule.RuleEntry;
import io.shardgrid.rule.RuleList;
import io.shardgrid.rule.RuleModule;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Where the cluster keeps its rules: a list, and the modules that it names. Thread-safe; nothing
 * here blocks.
 *
 * <p>Both are entries of a map of the grid's own: so they are replicated, move and are backed up as
 * all data. The list is one entry, changed by comparing its version: two who load at once lose
 * nothing.
 *
 * <p>A module that no rule names any more is removed. Somebody may be about to name it again: who
 * names one puts it before, so that it is there for whoever reads the list, and once more behind.
 * Who removes one reads its version, looks whether the list names it, and then removes that version
 * only: if the list did not name it yet, the second put came later and made another one.
 */
final class RuleStore {

  private static final String LIST = "list";
  private static final String MODULE = "module ";
  private static final int CHANGES_MAX = 20;

  private final AsyncMap<String, byte[]> map;
  private final LongSupplier wallClock;
  private final int rulesMax;

  /** The list as it was read. Version 0 if there is none. */
  record Read(RuleList list, long version) {}

  /**
   * A store.
   *
   * @param map where list and modules are
   * @param wallClock milliseconds since 1970, for what is loaded here
   */
  RuleStore(AsyncMap<String, byte[]> map, LongSupplier wallClock, int rulesMax) {
    this.map = map;
    this.wallClock = wallClock;
    this.rulesMax = rulesMax;
  }

  CompletionStage<Read> read() {
    return map.getEntry(LIST).thenApply(RuleStore::readOf);
  }

  private static Read readOf(Optional<EntryView<String, byte[]>> found) {
    return found
        .map(entry -> new Read(RuleList.of(entry.value()), entry.version()))
        .orElse(new Read(RuleList.NONE, 0));
  }

  CompletionStage<byte[]> module(String hash) {
    return map.get(MODULE + hash)
        .thenApply(
            module ->
                module.orElseThrow(() -> new GridUnavailableException("its module is not there")));
  }

  /** Keeps a module, and has the rule of this name be it. */
  CompletionStage<Void> put(String name, byte[] module) {
    String hash = RuleModule.hashOf(module);
    return map.put(MODULE + hash, module)
        .thenCompose(done -> change(before -> with(before, name, hash, module.length)))
        .thenCompose(before -> map.put(MODULE + hash, module).thenApply(done -> before))
        .thenCompose(
            before -> {
              Optional<String> gone = before.find(name).map(RuleEntry::hash);
              return gone.isPresent() && !gone.orElseThrow().equals(hash)
                  ? removeUnnamed(gone.orElseThrow())
                  : CompletableFuture.completedStage(null);
            });
  }

  private RuleList with(RuleList before, String name, String hash, int bytes) {
    if (before.find(name).isEmpty() && before.size() >= rulesMax) {
      throw new InvalidRuleException("There are as many rules as may be: max=" + rulesMax);
    }
    return before.with(new RuleEntry(name, hash, bytes, wallClock.getAsLong(), 0));
  }

  /** There is no rule of this name any more; whether there was one. */
  CompletionStage<Boolean> remove(String name) {
    return change(before -> before.without(name))
        .thenCompose(
            before -> {
              Optional<RuleEntry> gone = before.find(name);
              return gone.isPresent()
                  ? removeUnnamed(gone.orElseThrow().hash()).thenApply(done -> true)
                  : CompletableFuture.completedStage(false);
            });
  }

  private CompletionStage<Void> removeUnnamed(String hash) {
    return map.getEntry(MODULE + hash)
        .thenCompose(
            found ->
                found.isEmpty()
                    ? CompletableFuture.completedStage(null)
                    : read()
                        .thenCompose(
                            read ->
                                read.list().has(hash)
                                    ? CompletableFuture.completedStage(null)
                                    : map.removeVersion(
                                            MODULE + hash, found.orElseThrow().version())
                                        .thenApply(done -> null)));
  }

  /** A rule that failed too often may be called again; whether there is one. */
  CompletionStage<Boolean> release(String name) {
    return change(
            before ->
                before
                    .find(name)
                    .map(entry -> before.with(entry.releasedAt(wallClock.getAsLong())))
                    .orElse(before))
        .thenApply(before -> before.find(name).isPresent());
  }

  /** Changes the list in one step; the one before. */
  private CompletionStage<RuleList> change(UnaryOperator<RuleList> to) {
    return change(to, CHANGES_MAX);
  }

  private CompletionStage<RuleList> change(UnaryOperator<RuleList> to, int triesLeft) {
    return read()
        .thenCompose(
            read -> {
              RuleList before = read.list();
              RuleList after = to.apply(before);
              if (after.equals(before)) {
                return CompletableFuture.completedStage(before);
              }
              CompletionStage<Boolean> written =
                  read.version() != 0
                      ? map.replaceVersion(LIST, read.version(), after.toBytes())
                      : map.putIfAbsent(LIST, after.toBytes());
              return written.thenCompose(
                  isDone -> {
                    if (isDone) {
                      return CompletableFuture.completedStage(before);
                    }
                    if (triesLeft == 0) {
                      throw new GridUnavailableException(
                          "The list of rules was changed by others again and again; try again");
                    }
                    return change(to, triesLeft - 1);
                  });
            });
  }
}
