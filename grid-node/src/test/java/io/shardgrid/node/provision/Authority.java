package io.shardgrid.node.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority of one's own, made with keytool, and a server that it vouches for. */
public final class Authority {

  private static final String PASSWORD = "changeit";

  private final Path directory;

  private Authority(Path directory) {
    this.directory = directory;
  }

  /** Makes one that vouches for nobody. */
  public static Authority make(Path directory) throws Exception {
    Authority authority = new Authority(Files.createDirectories(directory));
    authority.keytool(
        "-genkeypair", "-alias", "ca", "-dname", "CN=Test CA", "-ext", "bc:c", "-keyalg", "EC");
    authority.keytool("-exportcert", "-alias", "ca", "-rfc", "-file", "ca.pem");
    return authority;
  }

  /** Makes one, and a server that it vouches for. */
  public static Authority makeWithServer(Path directory) throws Exception {
    Authority authority = make(directory);
    authority.keytool("-genkeypair", "-alias", "server", "-dname", "CN=server", "-keyalg", "EC");
    authority.keytool("-certreq", "-alias", "server", "-file", "server.csr");
    authority.keytool(
        "-gencert",
        "-alias",
        "ca",
        "-infile",
        "server.csr",
        "-outfile",
        "server.pem",
        "-rfc",
        "-ext",
        "san=ip:127.0.0.1");
    authority.keytool("-importcert", "-alias", "server", "-file", "server.pem", "-noprompt");
    authority.keytool("-delete", "-alias", "ca");
    return authority;
  }

  /** Its certificate. */
  public Path certificate() {
    return directory.resolve("ca.pem");
  }

  /** What a server at 127.0.0.1 shows. */
  public SSLContext server() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(directory.resolve("keys.p12"))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", "keys.p12", "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD));
    Process keytool =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
            .start();
    assertThat(keytool.waitFor()).as(() -> "see " + directory.resolve("log")).isZero();
  }
}
