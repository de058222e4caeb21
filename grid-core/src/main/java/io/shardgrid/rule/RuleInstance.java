package io.shardgrid.rule;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.types.MutabilityType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instance of a module that takes one call after the other, each beginning from the same state.
 * Confined to a thread. After a call that failed it is thrown away.
 */
final class RuleInstance {

  private static final byte[] NO_IMAGE = new byte[0];
  private static final long[] NO_PARAMETERS = new long[0];

  private final CompiledRule compiled;
  private final HostCall host = new HostCall();
  private final InstructionCounter counter;
  private final List<RuleTable> tables = new ArrayList<>();
  private final List<GlobalInstance> globals = new ArrayList<>();
  private final Machine machine;
  private @Nullable RuleMemory memory;
  private long[] globalsImage = new long[0];

  RuleInstance(CompiledRule compiled) {
    RuleModule module = compiled.module();
    RuleSettings settings = compiled.settings();
    this.compiled = compiled;
    this.counter = new InstructionCounter(settings.instructionsMax());
    var builder =
        Instance.builder(module.parsed())
            .withStart(false)
            .withImportValues(imports(module))
            .withUnsafeExecutionListener(counter)
            .withMemoryFactory(
                limits -> {
                  var made = new RuleMemory(limits, settings.memoryPagesMax());
                  memory = made;
                  host.use(made);
                  return made;
                })
            .withTableFactory(
                (table, value) -> {
                  var made = new RuleTable(table, value, settings.tableElementsMax());
                  tables.add(made);
                  return made;
                });
    var machines = compiled.machines();
    Instance instance =
        machines == null ? builder.build() : builder.withMachineFactory(machines).build();
    this.machine = instance.getMachine();
    module.initializer().ifPresent(start -> machine.call(start.index(), NO_PARAMETERS));
    for (int i = 0; i < instance.globalCount(); i++) {
      GlobalInstance global = instance.global(i);
      if (global.getMutabilityType() == MutabilityType.Var) {
        globals.add(global);
      }
    }
  }

  private ImportValues imports(RuleModule module) {
    ImportFunction[] functions =
        module.imports().stream().map(it -> it.bind(host)).toArray(ImportFunction[]::new);
    return ImportValues.builder().addFunction(functions).build();
  }

  CompiledRule compiled() {
    return compiled;
  }

  /**
   * The state of now is what each call begins from.
   *
   * @param known image of the memory, if another instance took it
   * @return the image of the memory
   */
  byte[] takeImage(byte @Nullable [] known) {
    globalsImage = globals.stream().mapToLong(GlobalInstance::getValue).toArray();
    tables.forEach(RuleTable::takeImage);
    return memory == null ? NO_IMAGE : memory.takeImage(known);
  }

  /**
   * Calls a function. Whatever is thrown is a failure of the rule: {@link RuleFailure}.
   *
   * @param parameters of the function
   */
  RuleResult call(RuleFunction function, long[] parameters, RuleCall call) {
    counter.restart();
    host.begin(call, parameters.length);
    long[] results = machine.call(function.index(), parameters);
    return new RuleResult(value(function, results), host.effect());
  }

  private RuleValue value(RuleFunction function, long @Nullable [] results) {
    byte[] told = host.result();
    if (told != null) {
      return new RuleValue.Bytes(told);
    }
    if (!function.hasResult() || results == null) {
      return RuleValue.NOTHING;
    }
    return new RuleValue.Whole(function.isResultNarrow() ? (int) results[0] : results[0]);
  }

  /** What the call logged, failed or not. */
  List<String> lines() {
    return host.lines();
  }

  /** Where the interpreter is; -1 if it carried nothing out. */
  int offset() {
    return counter.offset();
  }

  /**
   * Makes it ready for the next call.
   *
   * @return false if it cannot be made so, and is to be thrown away
   */
  boolean reset() {
    host.end();
    if (compiled.module().dropsSegments()) {
      return false;
    }
    for (int i = 0; i < tables.size(); i++) {
      if (tables.get(i).isChanged()) {
        return false;
      }
    }
    for (int i = 0; i < globalsImage.length; i++) {
      globals.get(i).setValue(globalsImage[i]);
    }
    if (memory != null) {
      memory.reset();
    }
    return true;
  }
}
