package io.shardgrid.node.store;

import com.typesafe.config.Config;
import io.shardgrid.loader.StoreBinding;
import io.shardgrid.loader.StoreSettings;
import io.shardgrid.map.Codecs;
import java.util.ArrayList;
import java.util.List;

/** The tables behind the maps of a node, as its settings name them. Immutable. */
public final class Tables {

  private final List<JdbcSettings> tables;

  private Tables(List<JdbcSettings> tables) {
    this.tables = List.copyOf(tables);
  }

  /**
   * Reads {@code grid.node.stores}.
   *
   * @param grid the section {@code grid}
   * @throws io.shardgrid.failure.GridConfigException if a value is missing or wrong
   */
  public static Tables from(Config grid) {
    return new Tables(JdbcSettings.from(grid, StoreSettings.from(grid)));
  }

  /** Opens them: connects when they are asked. Whoever gets them closes them. */
  public List<StoreBinding<?, ?>> open() {
    List<StoreBinding<?, ?>> bindings = new ArrayList<>();
    for (JdbcSettings table : tables) {
      bindings.add(
          new StoreBinding<>(table.map(), Codecs.bytes(), Codecs.bytes(), new JdbcStore(table)));
    }
    return bindings;
  }
}
