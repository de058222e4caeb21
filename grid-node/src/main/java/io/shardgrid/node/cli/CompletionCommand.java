package io.shardgrid.node.cli;

import java.util.Set;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script by which a shell completes commands and options. */
@Command(
    name = "completion",
    description = {
      "Prints a script by which bash or zsh completes the commands and options of this program, under"
          + " the name by which you call it: an alias, or a script of your own."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  alias shardgrid='java -jar /opt/shardgrid/grid-node.jar'",
      "  source <(shardgrid completion bash)"
    })
public final class CompletionCommand implements CliCommand {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,63}");

  @Spec private CommandSpec spec;

  /** The shells there are scripts for. */
  enum Shell {
    /** GNU bash. */
    BASH,
    /** The Z shell, by its emulation of bash's completion. */
    ZSH
  }

  @Parameters(index = "0", paramLabel = "SHELL", description = "One of: bash, zsh")
  private Shell shell = Shell.BASH;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "shardgrid",
      description = "By which name the program is called. Default: ${DEFAULT-VALUE}")
  private String name = "";

  @Override
  public Set<ExitCode> exitCodes() {
    return Set.of(ExitCode.OK, ExitCode.USAGE);
  }

  @Override
  public Integer call() {
    if (!NAME.matcher(name).matches()) {
      throw new ParameterException(
          spec.commandLine(),
          "--name: wanted are letters, digits, dots, hyphens and underscores, found is " + name);
    }
    String script = AutoComplete.bash(name, spec.root().commandLine());
    Screen screen = Screen.of(spec);
    if (shell == Shell.ZSH) {
      screen.line("autoload -U +X compinit && compinit");
      screen.line("autoload -U +X bashcompinit && bashcompinit");
    }
    screen.line(script);
    return ExitCode.OK.number();
  }
}
