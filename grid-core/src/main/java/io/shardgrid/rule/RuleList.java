package io.shardgrid.rule;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rules of a cluster by their names, and the text in which they are kept: one line each, the
 * fields of {@link RuleEntry} with blanks between. Immutable.
 */
public final class RuleList {

  /** No rule. */
  public static final RuleList NONE = new RuleList(new TreeMap<>());

  private static final int FIELDS = 5;

  private final SortedMap<String, RuleEntry> entries;

  private RuleList(SortedMap<String, RuleEntry> entries) {
    this.entries = entries;
  }

  /**
   * Reads the text.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static RuleList of(byte[] text) {
    SortedMap<String, RuleEntry> entries = new TreeMap<>();
    for (String line : new String(text, StandardCharsets.UTF_8).split("\n", -1)) {
      if (!line.isEmpty()) {
        RuleEntry entry = entry(line);
        entries.put(entry.name(), entry);
      }
    }
    return new RuleList(entries);
  }

  private static RuleEntry entry(String line) {
    String[] fields = line.split(" ", -1);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("no line of rules: " + RuleText.shortened(line));
    }
    return new RuleEntry(
        fields[0],
        fields[1],
        Integer.parseInt(fields[2]),
        Long.parseLong(fields[3]),
        Long.parseLong(fields[4]));
  }

  /** The text. */
  public byte[] toBytes() {
    List<String> lines = new ArrayList<>();
    for (RuleEntry entry : entries.values()) {
      lines.add(
          entry.name()
              + " "
              + entry.hash()
              + " "
              + entry.bytes()
              + " "
              + entry.loadedAtMillis()
              + " "
              + entry.releasedAtMillis()
              + "\n");
    }
    return String.join("", lines).getBytes(StandardCharsets.UTF_8);
  }

  /** All of them, sorted by name. */
  public Collection<RuleEntry> entries() {
    return List.copyOf(entries.values());
  }

  /** The one of this name. */
  public Optional<RuleEntry> find(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  /** Whether some rule has this module. */
  public boolean has(String hash) {
    return entries.values().stream().anyMatch(entry -> entry.hash().equals(hash));
  }

  /** How many. */
  public int size() {
    return entries.size();
  }

  /** With this one, in the place of one of the same name. */
  public RuleList with(RuleEntry entry) {
    SortedMap<String, RuleEntry> next = new TreeMap<>(entries);
    next.put(entry.name(), entry);
    return new RuleList(next);
  }

  /** Without the one of this name. */
  public RuleList without(String name) {
    SortedMap<String, RuleEntry> next = new TreeMap<>(entries);
    next.remove(name);
    return new RuleList(next);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RuleList list && list.entries.equals(entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return String.join(", ", Map.copyOf(entries).keySet());
  }
}
