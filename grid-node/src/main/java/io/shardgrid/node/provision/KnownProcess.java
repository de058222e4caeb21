package io.shardgrid.node.provision;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process of this machine that is found again later, by another process too. Immutable.
 *
 * @param pid its number, which another process may get when it has ended
 * @param started when it began, which tells the two apart
 */
record KnownProcess(long pid, Instant started) {

  /** The system tells the time of a start only about, and anew when its clock is set. */
  private static final Duration TOLERANCE = Duration.ofSeconds(10);

  /** One that has just been started. */
  static KnownProcess of(ProcessHandle handle) {
    // One that has ended at once has no start any more.
    return new KnownProcess(handle.pid(), handle.info().startInstant().orElseGet(Instant::now));
  }

  /** The process, if it lives. */
  Optional<ProcessHandle> living() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(handle -> handle.info().startInstant().filter(this::isStart).isPresent())
        .filter(handle -> !isZombie());
  }

  private boolean isStart(Instant instant) {
    return Duration.between(started, instant).abs().compareTo(TOLERANCE) <= 0;
  }

  /** Whether it has ended, and is kept by the system for a parent that does not ask for it. */
  private boolean isZombie() {
    Path file = Path.of("/proc", Long.toString(pid), "stat");
    try {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      // pid (name) state ...; the name may have any characters.
      return text.startsWith("Z", text.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return false;
    }
  }
}
