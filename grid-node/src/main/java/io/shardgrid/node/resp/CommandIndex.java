package io.shardgrid.node.resp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds a command by the bytes of its name, in any case, without allocating. Immutable. */
final class CommandIndex {

  /** Makes small letters of large ones; other characters of names are not affected. */
  private static final int SMALL = 0x20;

  private record Named(byte[] name, CommandSpec command) {}

  private final @Nullable Named[] table;

  CommandIndex(List<CommandSpec> commands) {
    // A quarter full at most, so that a search ends soon.
    table = new @Nullable Named[Integer.highestOneBit(commands.size()) * 8];
    for (CommandSpec command : commands) {
      byte[] name = command.name().getBytes(StandardCharsets.US_ASCII);
      int at = hash(name) & (table.length - 1);
      while (table[at] != null) {
        at = (at + 1) & (table.length - 1);
      }
      table[at] = new Named(name, command);
    }
  }

  /** The command, or null if there is none of this name. */
  @Nullable CommandSpec find(byte[] name) {
    int at = hash(name) & (table.length - 1);
    while (true) {
      Named named = table[at];
      if (named == null) {
        return null;
      }
      if (equals(named.name, name)) {
        return named.command;
      }
      at = (at + 1) & (table.length - 1);
    }
  }

  private static int hash(byte[] name) {
    int hash = name.length;
    for (byte letter : name) {
      hash = 31 * hash + small(letter);
    }
    return hash ^ (hash >>> 15);
  }

  private static boolean equals(byte[] known, byte[] name) {
    if (known.length != name.length) {
      return false;
    }
    for (int at = 0; at < name.length; at++) {
      if (known[at] != small(name[at])) {
        return false;
      }
    }
    return true;
  }

  private static byte small(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? (byte) (letter | SMALL) : letter;
  }
}
