package io.shardgrid.node.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** Says which Shardgrid runs, and on which Java. */
public final class VersionText implements IVersionProvider {

  /** The version of this build; {@code development} outside a jar. */
  public static String number() {
    return Objects.requireNonNullElse(
        VersionText.class.getPackage().getImplementationVersion(), "development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "Shardgrid " + number(),
      "Java " + Runtime.version() + " (" + System.getProperty("java.vm.name") + ")"
    };
  }
}
