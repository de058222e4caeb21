package io.shardgrid.rule;

import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import io.shardgrid.failure.InvalidRuleException;

/** Which instructions rules may have: those of WebAssembly 2.0 without vectors. */
final class Instructions {

  /*
   * Left out, and why: vectors (128 bits; the engine has them apart), threads and atomics (waits),
   * garbage collection (allocates on the JVM's heap, which no limit of a rule's covers), exceptions
   * (handlers must not catch an interruption), tail calls and typed references (not needed by the
   * compilers that rules come from unless they are asked for). Codes of two bytes are those of the
   * engine: prefix * 256 + number.
   */

  private static final int TRUNCATIONS_AND_BULK = 0xFC00;
  private static final int BULK_LAST = 0xFC11;

  private Instructions() {}

  /**
   * Checks one.
   *
   * @return whether it drops a segment
   */
  static boolean checked(Instruction instruction) {
    OpCode code = instruction.opcode();
    if (!isAllowed(code.opcode())) {
      throw new InvalidRuleException(
          "A rule's module has an instruction that is not allowed: instruction="
              + code
              + ", offset="
              + instruction.address());
    }
    if (isAccess(code.opcode()) && instruction.operand(1) > Integer.MAX_VALUE) {
      throw new InvalidRuleException(
          "A rule's module accesses memory beyond 2 GiB: instruction="
              + code
              + ", offset="
              + instruction.address());
    }
    return code == OpCode.DATA_DROP || code == OpCode.ELEM_DROP;
  }

  private static boolean isAllowed(int code) {
    return code <= 0x05
        || (code >= 0x0B && code <= 0x11)
        || (code >= 0x1A && code <= 0x1C)
        || (code >= 0x20 && code <= 0x26)
        || (code >= 0x28 && code <= 0xC4)
        || (code >= 0xD0 && code <= 0xD2)
        || (code >= TRUNCATIONS_AND_BULK && code <= BULK_LAST);
  }

  private static boolean isAccess(int code) {
    return code >= 0x28 && code <= 0x3E;
  }
}
