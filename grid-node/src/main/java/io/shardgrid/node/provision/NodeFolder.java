package io.shardgrid.node.provision;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shardgrid.autoscale.ScaleOrder;
import io.shardgrid.node.cli.Directory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is kept of a node that was started here: its log, its settings, its process. Immutable; the
 * folder is only changed by who holds the lock of the directory.
 *
 * @param path the folder, named as the node
 */
record NodeFolder(Path path, State state) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

  private static final String STATE_FILE = "node.json";

  /** How far a node has come, as far as was seen. */
  enum Stage {
    /** Its process is about to be started, or was, and who did it died before it was noted. */
    STARTING,
    /** Its process runs. */
    STARTED,
    /** It has been a member: it does not become one again. */
    JOINED,
    /** It was drained, and has to end. */
    LEAVING
  }

  /**
   * What is noted of a node.
   *
   * @param cluster name of the cluster that it is started for
   * @param order number of the order that it was started for
   * @param orderAtMillis when that was decided: another cluster may have begun with the same number
   * @param notedAtMillis when the folder was made
   * @param pid number of the process, 0 while it is not known
   * @param startedAtMillis when the process began
   */
  record State(
      String cluster,
      long order,
      long orderAtMillis,
      long notedAtMillis,
      long pid,
      long startedAtMillis,
      Stage stage) {

    private State withStage(Stage next) {
      return new State(cluster, order, orderAtMillis, notedAtMillis, pid, startedAtMillis, next);
    }
  }

  /** There may be a secret among the settings of a node. */
  private static FileAttribute<?>[] ownerOnly(Path path) {
    boolean isPosix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return isPosix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Makes the folder of a node that is about to be started. */
  static NodeFolder create(Path path, String cluster, ScaleOrder order, Instant now)
      throws IOException {
    Files.createDirectory(path, ownerOnly(path));
    State state =
        new State(
            cluster,
            order.number(),
            order.at().toEpochMilli(),
            now.toEpochMilli(),
            0,
            0,
            Stage.STARTING);
    return new NodeFolder(path, state).written();
  }

  /** Reads a folder; empty if its maker died before a process could have been started. */
  static Optional<NodeFolder> read(Path path) throws IOException {
    Path file = path.resolve(STATE_FILE);
    try {
      return Optional.of(
          new NodeFolder(path, JSON.readValue(Files.readAllBytes(file), State.class)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JacksonException e) {
      throw new IOException(
          "the file does not say which process it is about: file="
              + file
              + "; end the node, then remove its folder",
          e);
    }
  }

  String name() {
    return path.getFileName().toString();
  }

  /** Where what the node writes goes. */
  Path log() {
    return path.resolve("node.log");
  }

  /** Where the process notes its own number. */
  Path number() {
    return path.resolve("node.pid");
  }

  /** Where the node's settings are. */
  Path settings() {
    return path.resolve("node.conf");
  }

  boolean isOf(ScaleOrder order) {
    return state.order == order.number() && state.orderAtMillis == order.at().toEpochMilli();
  }

  /** The process, if it is known and lives. */
  Optional<ProcessHandle> living() {
    return state.pid == 0
        ? Optional.empty()
        : new KnownProcess(state.pid, Instant.ofEpochMilli(state.startedAtMillis)).living();
  }

  /**
   * With the process, if it has noted its number itself because who started it died before that. To
   * be asked by who holds the lock only: else the one who starts it may not have got so far.
   */
  NodeFolder found() throws IOException {
    if (state.stage != Stage.STARTING || !Files.isRegularFile(number())) {
      return this;
    }
    String text = Files.readString(number()).strip();
    return text.matches("[1-9][0-9]{0,9}")
        ? started(
            new KnownProcess(Long.parseLong(text), Files.getLastModifiedTime(number()).toInstant()))
        : this;
  }

  /** Whether the process lives, or may. */
  boolean mayLive(Instant now, Duration startTimeout) {
    return state.stage == Stage.STARTING
        ? now.isBefore(Instant.ofEpochMilli(state.notedAtMillis).plus(startTimeout))
        : living().isPresent();
  }

  /** Whether it has never been seen as a member. */
  boolean isOnItsWay() {
    return state.stage == Stage.STARTING || state.stage == Stage.STARTED;
  }

  NodeFolder started(KnownProcess process) throws IOException {
    return new NodeFolder(
            path,
            new State(
                state.cluster,
                state.order,
                state.orderAtMillis,
                state.notedAtMillis,
                process.pid(),
                process.started().toEpochMilli(),
                Stage.STARTED))
        .written();
  }

  NodeFolder withStage(Stage next) throws IOException {
    return state.stage == next ? this : new NodeFolder(path, state.withStage(next)).written();
  }

  /** Removes it with all that is in it. */
  void remove() throws IOException {
    Directory.remove(path);
  }

  private NodeFolder written() throws IOException {
    Path next = path.resolve(STATE_FILE + ".next");
    Files.write(next, JSON.writeValueAsBytes(state));
    Files.move(
        next,
        path.resolve(STATE_FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    return this;
  }
}
