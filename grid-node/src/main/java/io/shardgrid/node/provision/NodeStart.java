package io.shardgrid.node.provision;

import io.shardgrid.node.child.NodeLaunch;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Starts processes of nodes that outlive this one: what they write goes to a file, nothing comes
 * from their standard input, and a Ctrl-C here does not reach them. Confined to its desk's thread.
 */
final class NodeStart {

  private static final String OWN_SESSION = "setsid";

  /** Notes its own number, which becomes the node's: whoever starts it may die before it can. */
  private static final List<String> NOTE_OWN_NUMBER =
      List.of("sh", "-c", "echo $$ > \"$0\" && exec \"$@\"");

  private final LocalSettings settings;
  private final ProvisionContext context;

  NodeStart(LocalSettings settings, ProvisionContext context) {
    this.settings = settings;
    this.context = context;
  }

  /**
   * Starts one.
   *
   * @param folder the node's, which gives it its name
   * @param seeds cluster addresses of members to join by
   * @throws IOException when it cannot be started
   */
  KnownProcess start(NodeFolder folder, List<String> seeds) throws IOException {
    makeForOwner(folder.settings());
    Files.writeString(folder.settings(), context.shared(), StandardCharsets.UTF_8);
    Process process =
        new ProcessBuilder(command(folder, seeds))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
            .start();
    KnownProcess known = KnownProcess.of(process.toHandle());
    process.getOutputStream().close();
    return known;
  }

  /** There may be hashes and secrets in it. */
  private static void makeForOwner(Path file) throws IOException {
    Files.deleteIfExists(file);
    boolean isPosix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (isPosix) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
  }

  /** The whole command. */
  List<String> command(NodeFolder folder, List<String> seeds) {
    List<String> command = new ArrayList<>();
    program(OWN_SESSION).map(Path::toString).ifPresent(command::add);
    if (program(NOTE_OWN_NUMBER.get(0)).isPresent()) {
      command.addAll(NOTE_OWN_NUMBER);
      command.add(folder.number().toString());
    }
    command.addAll(settings.command().isEmpty() ? thisProgram() : settings.command());
    command.addAll(List.of("start", "--name", folder.name()));
    command.addAll(List.of("--config", folder.settings().toString()));
    command.addAll(List.of("--cluster-name", context.cluster()));
    command.addAll(List.of("--seeds", String.join(",", seeds)));
    for (String port : List.of("--cluster", "--peer", "--port", "--http")) {
      command.addAll(List.of(port, "0"));
    }
    command.addAll(settings.extraArguments());
    return command;
  }

  private List<String> thisProgram() {
    return NodeLaunch.ofThisProgram(
            settings.heap().orElseGet(() -> Long.toString(Runtime.getRuntime().maxMemory())))
        .prefix();
  }

  private Optional<Path> program(String name) {
    String path = context.environment().value("PATH");
    if (path == null) {
      return Optional.empty();
    }
    return Stream.of(path.split(File.pathSeparator, -1))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
