package io.shardgrid.node.provision;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to change a directory, which one holder on the machine has at a time. The system takes
 * it back from a process that dies. Confined to its holder.
 */
final class DirectoryLock implements AutoCloseable {

  private static final String FILE = ".lock";

  /**
   * What this process holds. The system's locks are those of the whole process, and end when it
   * closes the file the first time: so only a holder may open it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Takes the lock, unless somebody else has it; waits for nobody.
   *
   * @param directory one that exists
   */
  static Optional<DirectoryLock> tryTake(Path directory) throws IOException {
    Path real = directory.toRealPath();
    if (!HELD.add(real)) {
      return Optional.empty();
    }
    Optional<DirectoryLock> taken = Optional.empty();
    try {
      taken = tryLock(real);
      return taken;
    } finally {
      if (taken.isEmpty()) {
        HELD.remove(real);
      }
    }
  }

  private static Optional<DirectoryLock> tryLock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean isTaken = false;
    try {
      FileLock lock = channel.tryLock();
      isTaken = lock != null;
      return isTaken ? Optional.of(new DirectoryLock(directory, channel)) : Optional.empty();
    } finally {
      if (!isTaken) {
        channel.close();
      }
    }
  }

  /** What may be changed. */
  Path directory() {
    return directory;
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(directory);
    }
  }
}
