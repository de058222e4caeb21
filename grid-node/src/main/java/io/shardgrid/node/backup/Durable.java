package io.shardgrid.node.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are there as a whole or not at all, whenever the machine stops. Stateless. */
final class Durable {

  /** What the name of a file that is not whole ends with. */
  static final String PARTIAL = ".partial";

  private Durable() {}

  /** Where a file is written before it is whole. */
  static Path partial(Path directory, String name) {
    return directory.resolve(name + PARTIAL);
  }

  /** Gives a partial file, which the disk has, its name. */
  static void publish(Path directory, String name) throws IOException {
    Files.move(
        partial(directory, name),
        directory.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    sync(directory);
  }

  /** Writes a small file. */
  static void write(Path directory, String name, byte[] bytes) throws IOException {
    try (FileChannel file =
        FileChannel.open(
            partial(directory, name),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        file.write(left);
      }
      file.force(true);
    }
    publish(directory, name);
  }

  /** Waits until the disk has the names of a directory; not every system can. */
  private static void sync(Path directory) {
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    } catch (IOException e) {
      // Windows opens no directories: the rename is as durable as it makes it.
      return;
    }
  }
}
