package io.shardgrid.node.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Asks for passwords, never showing them. */
final class SecretInput {

  /** Where Linux says what standard input is. */
  private static final Path STANDARD_INPUT = Path.of("/proc/self/fd/0");

  private SecretInput() {}

  /** The terminal, if standard input and output are one. */
  static Optional<Console> terminal() {
    Console console = System.console();
    return Optional.ofNullable(console).filter(SecretInput::isTerminal);
  }

  /** From JDK 22 on there may be a console that is no terminal, and only it can tell. */
  private static boolean isTerminal(Console console) {
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /**
   * The first line of standard input.
   *
   * @throws CommandException if that is a terminal, which would show it
   */
  static String firstLine() {
    if (isTyped()) {
      throw new CommandException(
          ExitCode.USAGE,
          "Standard output is no terminal, so what you type would be shown: use --into FILE");
    }
    try {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String line = in.readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILED, "Standard input cannot be read", e);
    }
  }

  private static boolean isTyped() {
    try {
      String input = Files.readSymbolicLink(STANDARD_INPUT).toString();
      return input.startsWith("/dev/pts/") || input.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
