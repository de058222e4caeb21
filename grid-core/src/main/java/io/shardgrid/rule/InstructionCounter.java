package io.shardgrid.rule;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.ExecutionListener;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.wasm.types.Instruction;
import org.jspecify.annotations.Nullable;

/**
 * Counts the instructions that the interpreter carries out, and ends a call that has too many, or
 * whose time is up. Confined to the thread that runs the rule.
 *
 * <p>The interpreter of Chicory 1.7.5 looks for an interruption at calls and plain branches only: a
 * loop of conditional branches is endless. So it is looked for here.
 */
final class InstructionCounter implements ExecutionListener {

  private static final int LOOK_MASK = 0x3FF;

  private final long max;
  private long left;
  private @Nullable Instruction last;

  InstructionCounter(long max) {
    this.max = max;
    this.left = max;
  }

  void restart() {
    left = max;
    last = null;
  }

  long max() {
    return max;
  }

  /** Offset in the module of the last instruction; -1 if the interpreter carried none out. */
  int offset() {
    return last == null ? -1 : last.address();
  }

  @Override
  public void onExecution(Instruction instruction, MStack stack) {
    last = instruction;
    if (--left < 0) {
      throw new BudgetSignal();
    }
    if ((left & LOOK_MASK) == 0 && Thread.currentThread().isInterrupted()) {
      throw new ChicoryInterruptedException("interrupted");
    }
  }

  /** Ends a call that has too many instructions. */
  static final class BudgetSignal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BudgetSignal() {
      super("too many instructions", null, false, false);
    }
  }
}
