package io.shardgrid.rule;

import io.shardgrid.failure.InvalidRuleException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Walks a module before the engine sees it: counts and lengths are within what is allowed and what
 * there is, and nothing is in it that rules may not have. Confined to one call.
 */
final class ModuleScan {

  /*
   * Why before the engine. Its parser believes what a module says: it allocates arrays of announced
   * lengths, and lists of announced locals, so that twenty bytes can ask for gigabytes. Here every
   * count is compared with the bytes that are left, and with a limit, before anything is made of
   * it. What is inside of function bodies is not looked at: there the engine's parser allocates in
   * proportion to bytes.
   *
   * Source: WebAssembly Core Specification 2.0, chapter 5, Binary Format.
   */

  static final int TYPES_MAX = 512;
  static final int TYPE_VALUES_MAX = 64;
  static final int FUNCTIONS_MAX = 10_000;
  static final int LOCALS_MAX = 4_000;
  static final int LOCALS_SUM_MAX = 200_000;
  static final int GLOBALS_MAX = 10_000;
  static final int EXPORTS_MAX = 10_000;
  static final int TABLES_MAX = 16;
  static final int SEGMENTS_MAX = 10_000;

  private static final int TYPE = 1;
  private static final int IMPORT = 2;
  private static final int FUNCTION = 3;
  private static final int TABLE = 4;
  private static final int MEMORY = 5;
  private static final int GLOBAL = 6;
  private static final int EXPORT = 7;
  private static final int START = 8;
  private static final int ELEMENT = 9;
  private static final int CODE = 10;
  private static final int DATA = 11;
  private static final int DATA_COUNT = 12;
  private static final int[] MAGIC = {0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00};

  /**
   * A function that a module wants from outside.
   *
   * @param type index of its signature
   */
  record Import(String module, String name, int type) {}

  /** An exported function, by its index. */
  record Export(String name, int function) {}

  private final RuleSettings settings;
  private final List<Signature> types = new ArrayList<>();
  private final List<Import> imports = new ArrayList<>();
  private final List<Integer> functionTypes = new ArrayList<>();
  private final List<Export> exports = new ArrayList<>();
  private final List<Integer> bodies = new ArrayList<>();
  private Map<Integer, String> names = Map.of();
  private int localsSum;

  private ModuleScan(RuleSettings settings) {
    this.settings = settings;
  }

  /**
   * Walks the module.
   *
   * @throws InvalidRuleException if it is malformed, beyond a limit, or has what rules may not have
   */
  static ModuleScan of(byte[] bytes, RuleSettings settings) {
    if (bytes.length > settings.moduleBytesMax()) {
      throw new InvalidRuleException(
          "A rule's module is longer than grid.rule.module-bytes-max: bytes="
              + bytes.length
              + ", max="
              + settings.moduleBytesMax());
    }
    var scan = new ModuleScan(settings);
    var reader = new ModuleReader(bytes, 0, bytes.length);
    for (int expected : MAGIC) {
      if (reader.left() == 0 || reader.readByte() != expected) {
        throw reader.malformed("it is no WebAssembly module of version 1");
      }
    }
    while (reader.hasMore()) {
      int id = reader.readByte();
      scan.section(id, reader.readPart("section " + id));
    }
    return scan;
  }

  /** The functions it wants from outside. */
  List<Import> imports() {
    return imports;
  }

  List<Export> exports() {
    return exports;
  }

  /** Where in the module the body of each of its own functions begins, in their order. */
  List<Integer> bodies() {
    return bodies;
  }

  /** What its name section calls functions, by index. */
  Map<Integer, String> names() {
    return names;
  }

  /**
   * The types of a function.
   *
   * @param function index, imported ones first
   */
  Signature signature(int function) {
    int type =
        function < imports.size()
            ? imports.get(function).type()
            : ownType(function - imports.size(), function);
    return type(type);
  }

  Signature type(int index) {
    if (index < 0 || index >= types.size()) {
      throw new InvalidRuleException("A rule's module is malformed: it has no type " + index);
    }
    return types.get(index);
  }

  private int ownType(int own, int function) {
    if (own >= functionTypes.size()) {
      throw new InvalidRuleException(
          "A rule's module is malformed: it has no function " + function);
    }
    return functionTypes.get(own);
  }

  private void section(int id, ModuleReader in) {
    switch (id) {
      case 0 -> custom(in);
      case TYPE -> types(in);
      case IMPORT -> imports(in);
      case FUNCTION -> functions(in);
      case TABLE -> tables(in);
      case MEMORY -> memories(in);
      case GLOBAL -> globals(in);
      case EXPORT -> exports(in);
      case START, DATA_COUNT -> in.readUnsigned();
      case ELEMENT -> Segments.elements(in);
      case CODE -> bodies(in);
      case DATA -> Segments.data(in);
      default -> throw in.malformed("section " + id + " is unknown, or not allowed in rules");
    }
    if (id != 0) {
      in.requireEnd("section " + id);
    }
  }

  private void types(ModuleReader in) {
    int count = in.readCount("types", TYPES_MAX);
    for (int i = 0; i < count; i++) {
      int form = in.readByte();
      if (form != 0x60) {
        throw in.malformed("a type is no function's: structures and arrays are not allowed");
      }
      types.add(new Signature(values(in, "parameters"), values(in, "results")));
    }
  }

  private static List<RuleType> values(ModuleReader in, String what) {
    int count = in.readCount(what + " of a function", TYPE_VALUES_MAX);
    List<RuleType> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(in.readType());
    }
    return List.copyOf(values);
  }

  private void imports(ModuleReader in) {
    int count = in.readCount("imports", HostFunction.COUNT_MAX);
    for (int i = 0; i < count; i++) {
      String module = in.readName();
      String name = in.readName();
      int kind = in.readByte();
      if (kind != 0) {
        throw new InvalidRuleException(
            "A rule may import functions only, no memory, table or global: import="
                + RuleText.quoted(module + "." + name));
      }
      imports.add(new Import(module, name, (int) in.readUnsigned()));
    }
  }

  private void functions(ModuleReader in) {
    int count = in.readCount("functions", FUNCTIONS_MAX);
    for (int i = 0; i < count; i++) {
      functionTypes.add((int) in.readUnsigned());
    }
  }

  private void tables(ModuleReader in) {
    int count = in.readCount("tables", TABLES_MAX);
    long elements = 0;
    for (int i = 0; i < count; i++) {
      in.readReferenceType();
      elements += limits(in, 0xFFFF_FFFFL);
    }
    if (elements > settings.tableElementsMax()) {
      throw new InvalidRuleException(
          "A rule's tables are larger than grid.rule.table-elements-max: elements="
              + elements
              + ", max="
              + settings.tableElementsMax());
    }
  }

  private void memories(ModuleReader in) {
    int count = in.readCount("memories", 1);
    for (int i = 0; i < count; i++) {
      long pages = limits(in, 65_536);
      if (pages > settings.memoryPagesMax()) {
        throw new InvalidRuleException(
            "A rule's memory is larger than grid.rule.memory-pages-max: pages="
                + pages
                + ", max="
                + settings.memoryPagesMax());
      }
    }
  }

  /** The least size; the most that it may grow to is the engine's to check. */
  private static long limits(ModuleReader in, long highest) {
    int flags = in.readByte();
    if (flags > 1) {
      throw in.malformed("shared and 64-bit memories are not allowed in rules: flags=" + flags);
    }
    long least = in.readUnsigned();
    long most = flags == 1 ? in.readUnsigned() : highest;
    if (least > most || most > highest) {
      throw in.malformed("limits are out of order: min=" + least + ", max=" + most);
    }
    return least;
  }

  private static void globals(ModuleReader in) {
    int count = in.readCount("globals", GLOBALS_MAX);
    for (int i = 0; i < count; i++) {
      in.readType();
      in.readByte();
      Segments.expression(in);
    }
  }

  private void exports(ModuleReader in) {
    int count = in.readCount("exports", EXPORTS_MAX);
    for (int i = 0; i < count; i++) {
      String name = in.readName();
      int kind = in.readByte();
      int index = (int) in.readUnsigned();
      if (kind == 0) {
        exports.add(new Export(name, index));
      }
    }
  }

  private void bodies(ModuleReader in) {
    int count = in.readCount("function bodies", FUNCTIONS_MAX);
    for (int i = 0; i < count; i++) {
      ModuleReader body = in.readPart("a function");
      bodies.add(body.at());
      int groups = body.readCount("groups of locals");
      long locals = 0;
      for (int group = 0; group < groups; group++) {
        locals += body.readUnsigned();
        body.readType();
      }
      if (locals > LOCALS_MAX || (localsSum += (int) locals) > LOCALS_SUM_MAX) {
        throw new InvalidRuleException(
            "A rule's module is beyond a limit: locals of a function="
                + locals
                + ", max="
                + LOCALS_MAX
                + ", of all at most "
                + LOCALS_SUM_MAX);
      }
    }
  }

  /** Names are for messages only, so a section of them that is damaged says nothing. */
  private void custom(ModuleReader in) {
    String name = in.readName();
    if (!name.equals("name")) {
      return;
    }
    try {
      names = functionNames(in);
    } catch (InvalidRuleException e) {
      names = Map.of();
    }
  }

  private static Map<Integer, String> functionNames(ModuleReader in) {
    Map<Integer, String> found = new HashMap<>();
    while (in.hasMore()) {
      int kind = in.readByte();
      ModuleReader part = in.readPart("names");
      if (kind == 1) {
        int count = part.readCount("names of functions", FUNCTIONS_MAX);
        for (int i = 0; i < count; i++) {
          found.put((int) part.readUnsigned(), RuleText.shortened(part.readName()));
        }
      }
    }
    return Map.copyOf(found);
  }
}
