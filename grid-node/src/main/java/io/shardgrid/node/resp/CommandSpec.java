package io.shardgrid.node.resp;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is known of a command before it runs. Immutable.
 *
 * @param name in small letters
 * @param arity number of arguments with the name; negative for at least as many
 * @param handler runs it
 * @param rule what it needs
 * @param flags what clients are told of it
 * @param keys where its keys stand
 * @param firstArgument number of the first argument behind the name, and the map if it names one
 * @param summary one sentence for {@code COMMAND DOCS}
 */
record CommandSpec(
    String name,
    int arity,
    Handler handler,
    CommandRights.Rule rule,
    Set<Flag> flags,
    Keys keys,
    int firstArgument,
    String summary) {

  /** The command that carries the native protocol's operations. */
  static final String NATIVE = "grid.op";

  /** The command about rules. */
  static final String RULE = "grid.rule";

  /** Runs a command on the connection's event loop; has the call ended once, now or later. */
  @FunctionalInterface
  interface Handler {
    /** Runs it. */
    void run(Call call);
  }

  /** What a command is to clients. */
  enum Flag {
    /** May change something. */
    WRITE,
    /** Reads keys. */
    READONLY,
    /** Is refused when memory is short. */
    DENYOOM,
    /** Is for operators. */
    ADMIN,
    /** Takes a time that does not depend on the data. */
    FAST,
    /** Works before the node has joined its cluster. */
    LOADING;

    /** As clients read it. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Where keys stand among the arguments, the name being number 0.
   *
   * @param first number of the first key, 0 for none
   * @param last number of the last one; -1 for the last argument
   * @param step from one key to the next
   */
  record Keys(int first, int last, int step) {
    static final Keys NONE = new Keys(0, 0, 0);
  }

  /** A command without keys or flags. */
  static CommandSpec command(String name, int arity, Handler handler, String summary) {
    return of(name, arity, handler, 1, summary);
  }

  /** A command whose first argument names a map. */
  static CommandSpec mapCommand(String name, int arity, Handler handler, String summary) {
    return of(name, arity, handler, 2, summary);
  }

  private static CommandSpec of(
      String name, int arity, Handler handler, int firstArgument, String summary) {
    CommandRights.Rule rule = CommandRights.of(name);
    return new CommandSpec(name, arity, handler, rule, Set.of(), Keys.NONE, firstArgument, summary);
  }

  /** The same that reads its first key. */
  CommandSpec readsKey() {
    return with(Flag.READONLY, Flag.FAST).keys(firstArgument, 1);
  }

  /** The same that changes its first key. */
  CommandSpec writesKey() {
    return with(Flag.WRITE, Flag.FAST).keys(firstArgument, 1);
  }

  /** The same with keys from the first argument on. */
  CommandSpec keys(int last, int step) {
    Keys where = new Keys(firstArgument, last, step);
    return new CommandSpec(name, arity, handler, rule, flags, where, firstArgument, summary);
  }

  /** The same with more flags. */
  CommandSpec with(Flag... more) {
    Set<Flag> all = EnumSet.noneOf(Flag.class);
    all.addAll(flags);
    all.addAll(List.of(more));
    return new CommandSpec(name, arity, handler, rule, all, keys, firstArgument, summary);
  }

  /** Which argument names the map, the command's name being number 0; 0 if none does. */
  int mapArgument(byte[][] args) {
    return name.equals(RULE) ? RuleCommands.mapArgument(args) : firstArgument - 1;
  }

  boolean has(Flag flag) {
    return flags.contains(flag);
  }

  /** Whether it goes to shards, as one of the usual commands does. */
  boolean isOfEntries() {
    return (has(Flag.READONLY) || has(Flag.WRITE)) && !isNative();
  }

  /** Whether it carries operations that their client has named and numbered. */
  boolean isNative() {
    return name.equals(NATIVE);
  }

  /** Whether this many arguments, with the name, will do. */
  boolean takes(int args) {
    return arity >= 0 ? args == arity : args >= -arity;
  }
}
