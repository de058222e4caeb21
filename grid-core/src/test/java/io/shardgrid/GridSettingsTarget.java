package io.shardgrid;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Any configuration is settings, or an error that names the key. */
final class GridSettingsTarget implements FuzzTarget {

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
          "1 ZiB",
          "9223372036854775807 d",
          "infinite",
          "*",
          "0.5",
          "60 %");

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (String path : paths()) {
      seeds.add(text("grid." + path + " = 1"));
      seeds.add(text("grid." + path + " = off"));
    }
    seeds.add(text("grid.maps { cities { eviction = lru, bytes-max = 1 GiB } }"));
    seeds.add(text("grid { name = a, seeds = [\"127.0.0.1:10171\"], route.timeout = 2s }"));
    return seeds;
  }

  private static Set<String> paths() {
    TreeSet<String> paths = new TreeSet<>();
    ConfigFactory.defaultReference(GridSettings.class.getClassLoader())
        .getConfig("grid")
        .entrySet()
        .forEach(entry -> paths.add(entry.getKey()));
    return paths;
  }

  private static byte[] text(String hocon) {
    return hocon.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public List<String> words() {
    List<String> words = new ArrayList<>(VALUES);
    for (String path : paths()) {
      words.add("grid." + path + " = ");
    }
    words.add("\n");
    words.add("grid.");
    return words;
  }

  @Override
  public boolean run(byte[] input) {
    Config parsed;
    try {
      // What is no HOCON, or too deep for its parser, is for whoever reads the file to refuse.
      parsed = ConfigFactory.parseString(new String(input, StandardCharsets.UTF_8));
    } catch (ConfigException | StackOverflowError e) {
      return false;
    }
    try {
      GridSettings settings = GridSettings.from(parsed);
      if (!GridSettings.from(settings.grid().atPath("grid")).equals(settings)) {
        throw new AssertionError("are not the same when they are read again");
      }
      return true;
    } catch (GridConfigException e) {
      if (!String.valueOf(e.getMessage()).contains("grid")) {
        throw new AssertionError("names no key: " + e.getMessage(), e);
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
    return (16L << 20) + (64L << 10) * inputBytes;
  }

  @Override
  public long stepsMax(int inputBytes) {
    return 1_000_000;
  }
}
