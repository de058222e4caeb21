package io.shardgrid.rule;

import static io.shardgrid.rule.RuleType.I32;
import static io.shardgrid.rule.RuleType.I64;

import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import io.shardgrid.failure.InvalidRuleException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The functions that a rule may import, all there are: docs/rules.md says what each does. Pointers
 * and lengths are unsigned 32-bit numbers of its own memory.
 */
@SuppressWarnings("ImmutableEnumChecker") // a record of copied lists, and lambdas without state
enum HostFunction {
  /** Length of the entry's key. */
  KEY_LEN(List.of(), List.of(I32), (host, in) -> host.keyLength()),
  /** Copies a part of the key: to, most bytes, from where. How many bytes it was. */
  KEY_READ(List.of(I32, I32, I32), List.of(I32), (host, in) -> host.readKey(range(in, 0))),
  /** Length of the entry's value; -1 if there is no entry. */
  VALUE_LEN(List.of(), List.of(I32), (host, in) -> host.valueLength()),
  /** Copies a part of the value: to, most bytes, from where. How many; -1 if there is none. */
  VALUE_READ(List.of(I32, I32, I32), List.of(I32), (host, in) -> host.readValue(range(in, 0))),
  /** Version of the entry at the call; 0 if there was none. */
  VALUE_VERSION(List.of(), List.of(I64), (host, in) -> host.version()),
  /** Wall time in milliseconds at which the entry ends; 0 for never. */
  VALUE_DEADLINE(List.of(), List.of(I64), (host, in) -> host.deadline()),
  /** Number of arguments behind the parameters. */
  ARG_COUNT(List.of(), List.of(I32), (host, in) -> host.argumentCount()),
  /** Length of such an argument; -1 if there is none. */
  ARG_LEN(List.of(I32), List.of(I32), (host, in) -> host.argumentLength((int) in[0])),
  /** Copies a part of one: which, to, most bytes, from where. How many; -1 if there is none. */
  ARG_READ(
      List.of(I32, I32, I32, I32),
      List.of(I32),
      (host, in) -> host.readArgument((int) in[0], range(in, 1))),
  /** Replaces the value: from, length. */
  SET(List.of(I32, I32), List.of(), (host, in) -> host.set((int) in[0], (int) in[1])),
  /** Removes the entry: 1 if there was one, else 0. */
  DELETE(List.of(), List.of(I32), (host, in) -> host.delete()),
  /** Ends the entry in so many milliseconds, 0 for never: 1 if there is one, else 0. */
  EXPIRE(List.of(I64), List.of(I32), (host, in) -> host.expire(in[0])),
  /** The answer, as bytes: from, length. */
  RESULT(List.of(I32, I32), List.of(), (host, in) -> host.result((int) in[0], (int) in[1])),
  /** The shard's wall time in milliseconds since 1970. */
  NOW(List.of(), List.of(I64), (host, in) -> host.now()),
  /** Logs a line of UTF-8: from, length. */
  LOG(List.of(I32, I32), List.of(), (host, in) -> host.log((int) in[0], (int) in[1])),
  /** Ends the call with an error that says this, UTF-8: from, length. */
  FAIL(List.of(I32, I32), List.of(), (host, in) -> host.fail((int) in[0], (int) in[1])),
  /** What AssemblyScript calls where it gives up: message, file, line, column. */
  ABORT(
      "env",
      List.of(I32, I32, I32, I32),
      List.of(),
      (host, in) -> host.abort((int) in[0], (int) in[2], (int) in[3]));

  /** Name of the module that they are imported from. */
  static final String MODULE = "grid";

  /** Imports of a rule; the same one may be imported twice. */
  static final int COUNT_MAX = 64;

  /** What a function does. The answer counts only if it has a result. */
  @FunctionalInterface
  private interface Body {
    long apply(HostCall host, long[] in);
  }

  private static final long[] NO_RESULT = new long[0];

  private final String module;
  private final Signature signature;
  private final Body body;

  HostFunction(List<RuleType> parameters, List<RuleType> results, Body body) {
    this("grid", parameters, results, body);
  }

  HostFunction(String module, List<RuleType> parameters, List<RuleType> results, Body body) {
    this.module = module;
    this.signature = new Signature(parameters, results);
    this.body = body;
  }

  private static CopyRange range(long[] in, int at) {
    return new CopyRange((int) in[at], (int) in[at + 1], (int) in[at + 2]);
  }

  String importName() {
    return name().toLowerCase(Locale.ROOT);
  }

  String moduleName() {
    return module;
  }

  Signature signature() {
    return signature;
  }

  /**
   * The function that a module wants.
   *
   * @param wanted types it wants it by
   * @throws InvalidRuleException if there is none of this name, or of these types
   */
  static HostFunction of(String module, String name, Signature wanted) {
    for (HostFunction function : values()) {
      if (function.module.equals(module) && function.importName().equals(name)) {
        if (!function.signature.equals(wanted)) {
          throw new InvalidRuleException(
              "A rule imports a function by other types than it has: import="
                  + module
                  + "."
                  + name
                  + ", wanted="
                  + wanted
                  + ", is="
                  + function.signature);
        }
        return function;
      }
    }
    throw new InvalidRuleException(
        "A rule imports a function that is none of the grid's: import="
            + RuleText.quoted(module + "." + name)
            + ", those of \""
            + MODULE
            + "\"="
            + Arrays.stream(values())
                .filter(function -> function.module.equals(MODULE))
                .map(HostFunction::importName)
                .toList());
  }

  /** This function for one instance of a module. */
  ImportFunction bind(HostCall host) {
    return new com.dylibso.chicory.runtime.HostFunction(
        module, importName(), typeOf(signature), (instance, in) -> apply(host, in));
  }

  private long[] apply(HostCall host, long[] in) {
    long answer = body.apply(host, in);
    return signature.results().isEmpty() ? NO_RESULT : new long[] {answer};
  }

  private static FunctionType typeOf(Signature signature) {
    return FunctionType.of(
        signature.parameters().stream().map(HostFunction::typeOf).toList(),
        signature.results().stream().map(HostFunction::typeOf).toList());
  }

  private static ValType typeOf(RuleType type) {
    return type == I64 ? ValType.I64 : ValType.I32;
  }
}
