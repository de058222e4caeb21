package io.shardgrid.node.store;

import com.typesafe.config.Config;
import io.shardgrid.loader.StoreBinding;
import io.shardgrid.loader.StoreSettings;
import io.shardgrid.map.Codecs;
import java.util.ArrayList;
import java.util.List;

/** The tables behind the maps of a node, as its settings name them. Immutable. */
public final class TableSettings {

  private final List<JdbcSettings> tables;

  private TableSettings(List<JdbcSettings> tables) {
    this.tables = List.copyOf(tables);
  }

  /**
   * Reads {@code grid.node.stores}.
   *
   * @param grid the section {@code grid}
   * @throws io.shardgrid.failure.GridConfigException if a value is missing or wrong
   */
  public static TableSettings from(Config grid) {
    return new TableSettings(JdbcSettings.from(grid, StoreSettings.from(grid)));
  }

  /** Opens them: connects when they are asked. Whoever gets them closes them. */
  public List<StoreBinding<?, ?>> open() {
    List<StoreBinding<?, ?>> bindings = new ArrayList<>();
    for (JdbcSettings table : tables) {
      bindings.add(open(table));
    }
    return bindings;
  }

  private static StoreBinding<?, ?> open(JdbcSettings table) {
    ColumnText text = new ColumnText();
    return table.columns().isText()
        ? new StoreBinding<>(table.map(), text, text, new JdbcStore<>(table, String.class))
        : new StoreBinding<>(
            table.map(), text, Codecs.bytes(), new JdbcStore<>(table, byte[].class));
  }
}
