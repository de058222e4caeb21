package io.shardgrid.rule;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import org.jspecify.annotations.Nullable;

/**
 * A rule's table, which knows whether it was changed since its image was taken. Confined to the
 * thread that runs the rule.
 *
 * <p>It has limits of its own: the engine's grow with the table and belong to the module, so that
 * the next instance would begin with the grown ones.
 */
final class RuleTable extends TableInstance {

  private final int elementsMax;
  private boolean isChanged;

  RuleTable(Table table, int initialValue, int elementsMax) {
    super(withLimitsOfItsOwn(table), initialValue);
    this.elementsMax = elementsMax;
  }

  private static Table withLimitsOfItsOwn(Table table) {
    var limits = new TableLimits(table.limits().min(), table.limits().max());
    return new Table(table.elementType(), limits, table.initialize());
  }

  void takeImage() {
    isChanged = false;
  }

  /** Whether an instance with this table is as it was behind the instantiation. */
  boolean isChanged() {
    return isChanged;
  }

  @Override
  public int grow(int more, int value, Instance instance) {
    if (more < 0 || more > elementsMax - size()) {
      return -1;
    }
    isChanged = true;
    return super.grow(more, value, instance);
  }

  @Override
  public void setRef(int index, int value, @Nullable Instance instance) {
    isChanged = true;
    super.setRef(index, value, instance);
  }
}
