package io.shardgrid.rule;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.SectionId;
import io.shardgrid.failure.InvalidRuleException;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A module that was checked: well-formed, valid, within the limits, and without anything that rules
 * may not have. Immutable. It has not run yet.
 */
public final class RuleModule {

  /** What an instance runs once before all calls, if the module exports it. */
  private static final String INITIALIZE = "_initialize";

  private final String hash;
  private final int bytes;
  private final WasmModule parsed;
  private final List<HostFunction> imports;
  private final Map<String, RuleFunction> functions;
  private final FunctionNames names;
  private final boolean dropsSegments;

  private RuleModule(String hash, byte[] bytes, ModuleScan scan, WasmModule parsed) {
    this.hash = hash;
    this.bytes = bytes.length;
    this.parsed = parsed;
    this.imports =
        scan.imports().stream()
            .map(it -> HostFunction.of(it.module(), it.name(), scan.type(it.type())))
            .toList();
    this.functions = functions(scan);
    this.names = new FunctionNames(scan);
    this.dropsSegments = checkInstructions(parsed);
  }

  /**
   * Checks bytes. Takes time in proportion to their number, some milliseconds for 100 KiB.
   *
   * @throws InvalidRuleException that says what is wrong with them
   */
  public static RuleModule of(byte[] bytes, RuleSettings settings) {
    ModuleScan scan = ModuleScan.of(bytes, settings);
    try {
      return new RuleModule(hashOf(bytes), bytes, scan, parse(bytes));
    } catch (InvalidRuleException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      // Whatever of the engine's fails on it: no module is worth more than this answer.
      throw new InvalidRuleException(
          "A rule's module is malformed or invalid: " + RuleText.shortened(String.valueOf(e)), e);
    }
  }

  private static WasmModule parse(byte[] bytes) {
    var parser = Parser.builder();
    for (int section = SectionId.TYPE; section <= SectionId.DATA_COUNT; section++) {
      parser.includeSectionId(section);
    }
    return parser.build().parse(() -> new ByteArrayInputStream(bytes));
  }

  /** The SHA-256 of a module's bytes, in 64 hexadecimal digits: its name. */
  public static String hashOf(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }

  private static Map<String, RuleFunction> functions(ModuleScan scan) {
    Map<String, RuleFunction> found = new TreeMap<>();
    for (ModuleScan.Export export : scan.exports()) {
      Signature signature = scan.signature(export.function());
      found.put(export.name(), new RuleFunction(export.name(), export.function(), signature));
    }
    return Map.copyOf(found);
  }

  /**
   * Refuses what is beyond WebAssembly 2.0 without vectors.
   *
   * @return whether it drops segments, which no reset brings back
   */
  private static boolean checkInstructions(WasmModule module) {
    boolean drops = false;
    var code = module.codeSection();
    for (int i = 0; i < code.functionBodyCount(); i++) {
      FunctionBody body = code.getFunctionBody(i);
      for (Instruction instruction : body.instructions()) {
        drops |= Instructions.checked(instruction);
      }
    }
    return drops;
  }

  /** SHA-256 of the bytes, in 64 hexadecimal digits. */
  public String hash() {
    return hash;
  }

  /** Number of bytes. */
  public int bytes() {
    return bytes;
  }

  /** The exported functions, sorted by name; those that cannot be called as rules are in it. */
  public List<RuleFunction> functions() {
    List<RuleFunction> sorted = new ArrayList<>(functions.values());
    sorted.sort(Comparator.comparing(RuleFunction::name));
    return List.copyOf(sorted);
  }

  /**
   * An exported function that can be called as a rule.
   *
   * @throws InvalidRuleException if there is none
   */
  public RuleFunction function(String name) {
    RuleFunction function = functions.get(name);
    if (function == null) {
      throw new InvalidRuleException(
          "A rule's module has no such function: function="
              + RuleText.quoted(name)
              + ", module="
              + hash
              + ", exported="
              + RuleText.shortened(functions().toString()));
    }
    if (!function.isCallable()) {
      throw new InvalidRuleException(
          "A function cannot be called as a rule, for which it has to take i32 and i64 and return"
              + " at most one: function="
              + function
              + ", module="
              + hash);
    }
    return function;
  }

  Optional<RuleFunction> initializer() {
    return Optional.ofNullable(functions.get(INITIALIZE));
  }

  WasmModule parsed() {
    return parsed;
  }

  /** Whether a call of it may have an effect on the entry. */
  public boolean mayChange() {
    return imports.contains(HostFunction.SET)
        || imports.contains(HostFunction.DELETE)
        || imports.contains(HostFunction.EXPIRE);
  }

  List<HostFunction> imports() {
    return imports;
  }

  FunctionNames names() {
    return names;
  }

  /** Whether an instance may have lost a segment after a call, and is not to be used again. */
  boolean dropsSegments() {
    return dropsSegments;
  }

  @Override
  public String toString() {
    return "RuleModule[" + hash + ", " + bytes + " bytes]";
  }
}
