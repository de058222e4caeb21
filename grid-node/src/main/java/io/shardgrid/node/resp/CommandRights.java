package io.shardgrid.node.resp;

import io.shardgrid.node.security.Need;
import io.shardgrid.wire.Request;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What each command, and each operation of the native protocol, needs: the only place that says so.
 *
 * <p>Who writes and is told what was there, or what has become of it, needs to read, too. A command
 * that does not stand here is for administrators.
 */
final class CommandRights {

  /** What a command needs if it is given like this. */
  @FunctionalInterface
  interface Rule {
    /** The need; the arguments are as many as the command takes, with its name. */
    Need of(byte[][] args);
  }

  private static final Map<String, Rule> RULES = new TreeMap<>();

  /** Commands that the audit log names whoever gives them. */
  private static final Set<String> AUDITED = Set.of("flushall", "grid.clear");

  static {
    always(Need.NOTHING, "auth hello quit");
    always(
        Need.LOGIN,
        "ping echo select readonly readwrite asking info command cluster"
            + " grid.hello grid.op grid.placement grid.trace");
    always(Need.ADMIN, "config");
    always(
        Need.READ,
        "get mget strlen exists type ttl pttl scan dbsize"
            + " grid.get grid.exists grid.scan grid.size grid.ttl grid.pttl");
    always(
        Need.WRITE,
        "setnx mset append del unlink expire pexpire persist"
            + " grid.del grid.clear grid.expire grid.persist");
    always(Need.READ_WRITE, "getdel getex incr decr incrby decrby grid.incrby");
    RULES.put("set", args -> set(args, 3));
    RULES.put("grid.set", args -> set(args, 4));
    RULES.put("flushall", args -> has(args, 1, "ALL") ? Need.WRITE_EVERY_MAP : Need.WRITE);
    RULES.put("grid.rule", args -> RuleCommands.isCall(args) ? Need.READ_WRITE : Need.ADMIN);
    RULES.put("client", args -> has(args, 1, "LIST") ? Need.ADMIN : Need.LOGIN);
  }

  private CommandRights() {}

  /** What a command needs. */
  static Rule of(String command) {
    return RULES.getOrDefault(command, args -> Need.ADMIN);
  }

  /** Whether it was decided what this command needs. */
  static boolean isDecided(String command) {
    return RULES.containsKey(command);
  }

  static boolean isAudited(String command) {
    return AUDITED.contains(command);
  }

  /** What an operation of the native protocol needs of its map. */
  static Need of(Request request) {
    return switch (request.kind()) {
      case GET, PEEK, GET_ALL, COUNT_ALL, SIZE, SCAN -> Need.READ;
      case APPEND, PUT_ALL, REMOVE_ALL, CLEAR -> Need.WRITE;
      case ADD, INVOKE -> Need.READ_WRITE;
      case EXPORT, DESCRIBE -> Need.READ_EVERY_MAP;
      case CLEAR_ALL -> Need.WRITE_EVERY_MAP;
      case PUT -> writes(request instanceof Request.Put put && put.wantsPrevious());
      case REMOVE -> writes(request instanceof Request.Remove remove && remove.wantsPrevious());
      case EXPIRE -> writes(request instanceof Request.Expire expire && expire.wantsValue());
    };
  }

  private static Need writes(boolean andTells) {
    return andTells ? Need.READ_WRITE : Need.WRITE;
  }

  private static void always(Need need, String commands) {
    for (String command : commands.split(" ", -1)) {
      RULES.put(command, args -> need);
    }
  }

  private static Need set(byte[][] args, int firstOption) {
    for (int at = firstOption; at < args.length; at++) {
      if (is(args[at], "GET")) {
        return Need.READ_WRITE;
      }
    }
    return Need.WRITE;
  }

  private static boolean has(byte[][] args, int at, String word) {
    return at < args.length && is(args[at], word);
  }

  private static boolean is(byte[] argument, String word) {
    return argument.length == word.length()
        && new String(argument, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT).equals(word);
  }
}
