package io.shardgrid.node;

import com.typesafe.config.ConfigFactory;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.fuzz.FuzzTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Any file of settings is settings of a node, or an error that names key or file. */
final class NodeSettingsTarget implements FuzzTarget {

  private static final List<String> VALUES =
      List.of(
          "off",
          "on",
          "true",
          "null",
          "[]",
          "{}",
          "-1",
          "0",
          "1",
          "5s",
          "10 ms",
          "1 MiB",
          "-5s",
          "1e400",
          "999999999999999999999",
          "\"\"",
          "\"a,b\"",
          "[a, 1]",
          "${grid.name}",
          "${?X}",
          "NaN",
          "9223372036854775807 d",
          "infinite",
          "*",
          "0.5",
          "60 %",
          "$argon2id$v=19$",
          "$2b$12$",
          "{ password = \"x\", roles = [read] }",
          "[{ maps = [\"a*\"], allow = [read] }]");

  private final Path file;

  NodeSettingsTarget() throws IOException {
    file = Files.createTempFile("shardgrid-fuzz", ".conf");
  }

  private static Set<String> paths() {
    TreeSet<String> paths = new TreeSet<>();
    ConfigFactory.defaultReference(NodeSettings.class.getClassLoader())
        .getConfig("grid")
        .entrySet()
        .forEach(entry -> paths.add(entry.getKey()));
    paths.removeIf(path -> !path.startsWith("node.") && !path.startsWith("provision"));
    return paths;
  }

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (String path : paths()) {
      seeds.add(text("grid." + path + " = 1"));
      seeds.add(text("grid." + path + " = off"));
    }
    seeds.add(text("grid.node.access.users { a { password = \"x\", roles = [read] } }"));
    seeds.add(text("grid.node.access.roles { o = [{ maps = [\"a*\"], allow = [read, write] }] }"));
    seeds.add(text("grid.node.access.tokens { t { sha256 = \"00\", roles = [admin] } }"));
    return seeds;
  }

  private static byte[] text(String hocon) {
    return hocon.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public List<String> words() {
    List<String> words = new ArrayList<>(VALUES);
    paths().forEach(path -> words.add("grid." + path + " = "));
    words.add("\n");
    return words;
  }

  @Override
  public boolean run(byte[] input) throws IOException {
    Files.write(file, input);
    try {
      NodeSettings.load(file, Map.of());
      return true;
    } catch (GridConfigException e) {
      String said = String.valueOf(e.getMessage());
      if (!said.contains("grid") && !said.contains(file.getFileName().toString())) {
        throw new AssertionError("names no key: " + said, e);
      }
      return false;
    }
  }

  @Override
  public int inputBytesMax() {
    return 400;
  }

  @Override
  public long allocatedBytesMax(int inputBytes) {
    return (64L << 20) + (64L << 10) * inputBytes;
  }

  @Override
  public long stepsMax(int inputBytes) {
    return 2_000_000;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
