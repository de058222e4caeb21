package io.shardgrid.node.rule;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.HttpOption;
import io.shardgrid.node.cli.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has all nodes call a module. */
@Command(
    name = "load",
    description = {
      "Has all nodes call the module in FILE by NAME, in the place of the one that was called so.",
      "Calls that have begun end with the module that they began with."
    },
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar rule load fraud fraud.wasm")
final class RuleLoadCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "1 to 64 letters, digits, hyphens and underscores.")
  private String name;

  @Parameters(index = "1", paramLabel = "FILE", description = "The module, WebAssembly.")
  private Path file;

  @Override
  public Integer call() {
    RulePage loaded = RulePage.load(node.address(), name, module());
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    screen.line("Loaded as %s: %s".formatted(loaded.name(), loaded.module()));
    loaded.functions().forEach(function -> screen.line("  " + function));
    return ExitCode.OK.number();
  }

  private byte[] module() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new CommandException(ExitCode.USAGE, "FILE: cannot be read: " + file, e);
    }
  }
}
