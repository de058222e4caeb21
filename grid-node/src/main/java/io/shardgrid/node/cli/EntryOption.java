package io.shardgrid.node.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that make entries for the file of users. */
final class EntryOption {

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      defaultValue = "read",
      description = "Role of the entry: read, write, admin or one of yours. Default: read")
  String role = "";

  @Option(
      names = "--into",
      paramLabel = "FILE",
      description = "File of users to append the entry to; made for its owner only if it is new.")
  private @Nullable Path file;

  /**
   * Appends the entry to the file.
   *
   * @return false if no file was named
   */
  boolean append(String entry) {
    Path into = file;
    if (into == null) {
      return false;
    }
    try {
      makeForOwner(into);
      Files.writeString(into, entry + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
      return true;
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILED, "--into: cannot be written: " + into, e);
    }
  }

  private static void makeForOwner(Path file) throws IOException {
    try {
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } else {
        Files.createFile(file);
      }
    } catch (FileAlreadyExistsException e) {
      // Whoever made it has decided who may read it.
      return;
    }
  }
}
