package io.shardgrid.rule;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What the functions of a module are called, and where their bodies are. Immutable. */
final class FunctionNames {

  private final Map<Integer, String> names;
  private final int imported;
  private final int[] bodies;

  FunctionNames(ModuleScan scan) {
    Map<Integer, String> known = new HashMap<>();
    scan.exports().forEach(export -> known.put(export.function(), export.name()));
    known.putAll(scan.names());
    this.names = Map.copyOf(known);
    this.imported = scan.imports().size();
    this.bodies = scan.bodies().stream().mapToInt(Integer::intValue).toArray();
  }

  /** A function by its index, and by its name if it has one. */
  String of(int function) {
    String name = names.get(function);
    return "function " + function + (name == null ? "" : " (" + RuleText.shortened(name) + ")");
  }

  /** An instruction by its function and its offset in the module, as tools show it. */
  String at(int offset) {
    int found = Arrays.binarySearch(bodies, offset);
    int own = found >= 0 ? found : -found - 2;
    String where = "offset 0x" + Integer.toHexString(offset);
    return own < 0 ? where : of(imported + own) + " " + where;
  }
}
