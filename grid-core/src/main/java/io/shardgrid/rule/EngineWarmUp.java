package io.shardgrid.rule;

import java.util.List;

/** Initializes classes of the engine's before rules run. */
final class EngineWarmUp {

  /*
   * A class whose initializer meets the end of the stack is unusable for the life of the process. A
   * rule could recurse deeply and only there be the first that needs one of these, and break all
   * other rules by that. The list: what instructions and traps reach and what has an initializer.
   */
  private static final List<String> CLASSES =
      List.of(
          "com.dylibso.chicory.runtime.BitOps",
          "com.dylibso.chicory.runtime.ConstantEvaluators",
          "com.dylibso.chicory.runtime.ChicoryInterruptedException",
          "com.dylibso.chicory.runtime.CtrlFrame",
          "com.dylibso.chicory.runtime.InterpreterMachine",
          "com.dylibso.chicory.runtime.MemCopyWorkaround",
          "com.dylibso.chicory.runtime.OpcodeImpl",
          "com.dylibso.chicory.runtime.StackFrame",
          "com.dylibso.chicory.runtime.TrapException",
          "com.dylibso.chicory.runtime.WasmException",
          "com.dylibso.chicory.runtime.WasmRuntimeException",
          "com.dylibso.chicory.runtime.internal.CompilerInterpreterMachine",
          "com.dylibso.chicory.wasm.ChicoryException",
          "com.dylibso.chicory.wasm.InvalidException",
          "com.dylibso.chicory.wasm.UninstantiableException",
          "com.dylibso.chicory.wasm.types.OpCode",
          "com.dylibso.chicory.wasm.types.ValType",
          "com.dylibso.chicory.wasm.types.Value",
          "io.shardgrid.failure.RuleException",
          "io.shardgrid.failure.RuleException$Reason",
          "io.shardgrid.rule.CopyRange",
          "io.shardgrid.rule.HostFunction",
          "io.shardgrid.rule.InstructionCounter$BudgetSignal",
          "io.shardgrid.rule.RefusalSignal",
          "io.shardgrid.rule.RuleEffect",
          "io.shardgrid.rule.RuleMemory",
          "io.shardgrid.rule.RuleText",
          "io.shardgrid.rule.RuleValue");

  private EngineWarmUp() {}

  static void run() {
    for (String name : CLASSES) {
      try {
        Class.forName(name, true, EngineWarmUp.class.getClassLoader());
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException("The engine of rules is another version's", e);
      }
    }
  }
}
