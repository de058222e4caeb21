package io.shardgrid.shard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Loads the machines and their simulation once more, with one rule broken: pieces of source are
 * replaced, compiled, and take the place of the real classes.
 */
final class MutantLoader extends ClassLoader {

  private static final String ROOT = "io.shardgrid.";
  private static final Path SOURCES = Path.of("src", "main", "java");

  private final Map<String, byte[]> mutated;

  private MutantLoader(Map<String, byte[]> mutated) {
    super(MutantLoader.class.getClassLoader());
    this.mutated = mutated;
  }

  /**
   * A loader with the mutant in place.
   *
   * @throws IllegalStateException if a piece is not there exactly once, or does not compile
   */
  static MutantLoader of(Mutant mutant) throws IOException {
    return new MutantLoader(compile(mutant, sources(mutant)));
  }

  /**
   * The sources that the mutant changes, by the classes' names, changed.
   *
   * @throws IllegalStateException if a piece is not there exactly once
   */
  static Map<String, String> sources(Mutant mutant) throws IOException {
    Map<String, String> sources = new LinkedHashMap<>();
    for (Mutant.Patch patch : mutant.patches()) {
      String source = sources.get(patch.type());
      if (source == null) {
        source = Files.readString(SOURCES.resolve(path(patch.type()) + ".java"));
      }
      int at = source.indexOf(patch.original());
      if (at < 0 || source.indexOf(patch.original(), at + 1) >= 0) {
        throw new IllegalStateException("not there exactly once: " + mutant + ", " + patch);
      }
      sources.put(patch.type(), source.replace(patch.original(), patch.replacement()));
    }
    return sources;
  }

  private static String path(String type) {
    return (ROOT + type).replace('.', '/');
  }

  private static Map<String, byte[]> compile(Mutant mutant, Map<String, String> sources)
      throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Outputs outputs = new Outputs(compiler.getStandardFileManager(null, null, null));
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of("-proc:none", "-nowarn", "-classpath", System.getProperty("java.class.path"));
    List<Source> units = new ArrayList<>();
    sources.forEach((type, text) -> units.add(new Source(path(type), text)));
    boolean isCompiled = compiler.getTask(messages, outputs, null, options, null, units).call();
    outputs.close();
    if (!isCompiled) {
      throw new IllegalStateException("does not compile: " + mutant + "\n" + messages);
    }
    return outputs.classes();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(ROOT)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] bytes = mutated.get(name);
    if (bytes == null) {
      String resource = name.replace('.', '/') + ".class";
      try (InputStream in = getParent().getResourceAsStream(resource)) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        bytes = in.readAllBytes();
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String path, String text) {
      super(URI.create("string:///" + path + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Keeps what the compiler writes in memory. */
  private static final class Outputs extends ForwardingJavaFileManager<JavaFileManager> {

    private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

    Outputs(StandardJavaFileManager manager) {
      super(manager);
    }

    Map<String, byte[]> classes() {
      Map<String, byte[]> classes = new HashMap<>();
      written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
      return classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          written.put(name, bytes);
          return bytes;
        }
      };
    }
  }
}
