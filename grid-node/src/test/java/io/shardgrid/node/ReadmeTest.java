package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the examples of the README, and compares what it lists with the program. */
final class ReadmeTest {

  private static final Path README = Path.of("..", "README.md");
  private static final int LINES_MAX = 20;

  private final Path directory;
  private final String readme;

  ReadmeTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.readme = Files.readString(README);
  }

  @Test
  void hasAnEmbeddedExampleThatCompiles() throws IOException {
    assertCompiles("embedded");
  }

  @Test
  void hasAClientExampleThatCompiles() throws IOException {
    assertCompiles("client");
  }

  @Test
  void listsEveryCommandAndExitCode() {
    for (var command : Main.commandLine().getSubcommands().keySet()) {
      assertThat(readme).containsPattern("\\| `" + command + "[ `]");
    }
    for (var code : io.shardgrid.node.cli.ExitCode.values()) {
      assertThat(readme).contains("| " + code.number() + " | ");
    }
  }

  private void assertCompiles(String name) throws IOException {
    String example = example(name);
    assertThat(example.lines()).hasSizeLessThanOrEqualTo(LINES_MAX);
    Path source = Files.writeString(directory.resolve("Example.java"), asClass(example));
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiles =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  List.of(
                      "-Xlint:all,-processing,-classfile",
                      "-proc:none",
                      "-cp",
                      System.getProperty("java.class.path"),
                      "-d",
                      directory.toString()),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      assertThat(compiles).as(messages.toString()).isTrue();
    }
  }

  private String example(String name) {
    Matcher block =
        Pattern.compile("<!-- example: " + name + " -->\\R```java\\R(.*?)```", Pattern.DOTALL)
            .matcher(readme);
    assertThat(block.find()).as("example " + name).isTrue();
    return block.group(1);
  }

  private static String asClass(String example) {
    String imports =
        example
            .lines()
            .filter(line -> line.startsWith("import "))
            .collect(Collectors.joining("\n"));
    String body =
        example
            .lines()
            .filter(line -> !line.startsWith("import "))
            .collect(Collectors.joining("\n"));
    return imports + "\nfinal class Example {\n  void run() {\n" + body + "\n  }\n}\n";
  }
}
