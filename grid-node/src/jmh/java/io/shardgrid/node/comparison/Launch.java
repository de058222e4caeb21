package io.shardgrid.node.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How each JVM of a comparison is started: all alike, and with the same class path.
 *
 * <p>Two settings are there so that peers do not suffer for want of them. Ignite does not start
 * without packages of the JDK being opened. On two processors the common pool has one thread, and
 * {@code CompletableFuture} then starts a thread for each completion that is handed to it;
 * Hazelcast hands it all: a hundredth of the throughput.
 */
final class Launch {

  private static final String HEAP = "4g";

  private static final List<String> OPENED =
      List.of(
          "java.base/java.io",
          "java.base/java.lang",
          "java.base/java.lang.invoke",
          "java.base/java.lang.reflect",
          "java.base/java.math",
          "java.base/java.net",
          "java.base/java.nio",
          "java.base/java.text",
          "java.base/java.time",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/java.util.concurrent.locks",
          "java.base/jdk.internal.access",
          "java.base/jdk.internal.misc",
          "java.base/sun.nio.ch",
          "java.base/sun.reflect.generics.reflectiveObjects",
          "java.base/sun.util.calendar",
          "java.management/com.sun.jmx.mbeanserver",
          "java.management/sun.management",
          "java.sql/java.sql",
          "jdk.internal.jvmstat/sun.jvmstat.monitor",
          "jdk.management/com.sun.management.internal");

  private Launch() {}

  /** The command that runs a class of this program in a JVM of its own. */
  static List<String> java(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("-Xmx" + HEAP);
    command.add("-XX:+UseG1GC");
    command.add("-Djava.util.concurrent.ForkJoinPool.common.parallelism=2");
    OPENED.forEach(opened -> command.add("--add-opens=" + opened + "=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    Stream.of(arguments).forEach(command::add);
    return command;
  }
}
