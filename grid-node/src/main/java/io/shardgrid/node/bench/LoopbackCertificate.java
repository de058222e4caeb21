package io.shardgrid.node.bench;

import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A certificate for the loopback address that signs itself, for nodes that are measured, made by
 * the JDK's keytool. As PEM files; the first is its own authority.
 */
record LoopbackCertificate(Path certificate, Path key) {

  private static final String NAME = "bench";
  private static final String STORE_PASSWORD = "only for as long as the benchmark runs";
  private static final int SECONDS_MAX = 60;
  private static final int LINE_CHARS = 64;

  /**
   * Makes one.
   *
   * @param directory where its files go
   * @throws CommandException if there is no keytool beside this Java, or it fails
   */
  static LoopbackCertificate make(Path directory) {
    Path store = directory.resolve("bench.p12");
    try {
      keytool(store);
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        keys.load(in, STORE_PASSWORD.toCharArray());
      }
      Key key = keys.getKey(NAME, STORE_PASSWORD.toCharArray());
      return new LoopbackCertificate(
          pem(
              directory.resolve("bench.crt"),
              "CERTIFICATE",
              keys.getCertificate(NAME).getEncoded()),
          pem(directory.resolve("bench.key"), "PRIVATE KEY", key.getEncoded()));
    } catch (IOException | GeneralSecurityException e) {
      throw failed(e.toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("interrupted", e);
    }
  }

  private static void keytool(Path store) throws IOException, InterruptedException {
    Path program = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command =
        List.of(
            program.toString(),
            "-genkeypair",
            "-alias",
            NAME,
            "-dname",
            "CN=" + NAME,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-validity",
            "2",
            "-ext",
            "san=ip:127.0.0.1,dns:localhost",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            STORE_PASSWORD);
    Path log = store.resolveSibling("keytool.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("it does not end: seconds=" + SECONDS_MAX);
    }
    if (process.exitValue() != 0) {
      throw new IOException("it ends with " + process.exitValue() + ": " + Files.readString(log));
    }
  }

  private static Path pem(Path file, String kind, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder(LINE_CHARS, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }

  private static CommandException failed(String why, Exception cause) {
    return new CommandException(
        ExitCode.FAILED, "No certificate can be made with this Java's keytool: " + why, cause);
  }
}
