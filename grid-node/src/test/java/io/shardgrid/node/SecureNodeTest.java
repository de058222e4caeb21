package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.client.ClientSettings;
import io.shardgrid.client.GridClient;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.map.Codecs;
import io.shardgrid.map.SyncMap;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Transport;
import io.shardgrid.tls.TestAuthority;
import io.shardgrid.tls.TestAuthority.Issued;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What clients of all kinds get at ports with TLS, and at ports without. */
final class SecureNodeTest {

  private static final TestAuthority AUTHORITY = TestAuthority.named("cluster");
  private static final TestAuthority STRANGER = TestAuthority.named("stranger");
  private static final int PATIENCE_MILLIS = 20_000;

  private static Path directory;
  private static Path authority;
  private static StandaloneNode secure;
  private static StandaloneNode strict;
  private static StandaloneNode plain;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start(@TempDir Path temporary) {
    directory = temporary;
    Issued files = AUTHORITY.issue(directory, "node", AUTHORITY.certificate("node", "127.0.0.1"));
    authority = files.authority();
    Map<String, Object> tls = new HashMap<>();
    tls.put("grid.tls.certificate-file", files.certificate().toString());
    tls.put("grid.tls.key-file", files.key().toString());
    tls.put("grid.tls.ca-file", authority.toString());
    tls.put("grid.tls.handshake-timeout", "500ms");
    tls.put("grid.node.tls.resp", "on");
    tls.put("grid.node.tls.http", "on");
    secure = node(tls);
    tls.put("grid.node.tls.resp-client-certificates", "on");
    tls.put("grid.node.tls.http-client-certificates", "on");
    strict = node(tls);
    plain = node(Map.of());
  }

  private static StandaloneNode node(Map<String, Object> tls) {
    Map<String, Object> flags = new HashMap<>(tls);
    flags.put("grid.shards", 8);
    for (String port : List.of("node.resp.port", "node.http.port", "peer-port", "cluster-port")) {
      flags.put("grid." + port, 0);
    }
    return StandaloneNode.start(NodeSettings.load(null, flags));
  }

  @AfterAll
  static void stop() {
    secure.close();
    strict.close();
    plain.close();
  }

  @BeforeEach
  @AfterEach
  void forgetTheOptionsOfCommands() {
    Transport.useSettings();
  }

  private static ClientSettings settings(String node) {
    return ClientSettings.load().withSeeds(List.of(node)).withConnectTimeout(Duration.ofSeconds(5));
  }

  private static ClientSettings trusting(String node, Path authority) {
    return settings(node).withTls(Optional.of(authority), Optional.empty(), Optional.empty());
  }

  private static void assertTalks(ClientSettings settings) {
    try (GridClient client = GridClient.connect(settings)) {
      SyncMap<String, String> map = client.map("words", Codecs.string(), Codecs.string()).sync();
      map.put("key", "x".repeat(200_000));
      assertThat(map.get("key")).hasValueSatisfying(value -> assertThat(value).hasSize(200_000));
    }
  }

  private static void assertNoClient(ClientSettings settings, String... words) {
    Duration brief = Duration.ofSeconds(1); // it tries as long as it may
    assertThatThrownBy(() -> GridClient.connect(settings.withConnectTimeout(brief)))
        .isInstanceOf(GridUnavailableException.class)
        .hasMessageContainingAll(words);
  }

  private int run(String... arguments) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return commandLine.execute(arguments);
  }

  @Test
  void servesClientsAndCommandsUnderTls() {
    assertTalks(trusting(secure.addresses().resp(), authority));
    String ca = authority.toString();
    assertThat(run("status", "--node", secure.addresses().http(), "--ca", ca))
        .as(err.toString())
        .isZero();
    String resp = secure.addresses().resp();
    assertThat(run("put", "words", "k", "v", "--node", resp, "--ca", ca)).isZero();
    assertThat(run("get", "words", "k", "--node", resp, "--ca", ca)).isZero();
    assertThat(out.toString()).contains("Cluster shardgrid", "v\n");
    assertThat(secure.certificates()).hasSize(1);
    assertThat(secure.certificates().get(0).settings()).isEqualTo("grid.node.tls");
  }

  @Test
  void tellsPlainClientsThatItSpeaksTls() throws IOException {
    assertNoClient(settings(secure.addresses().resp()), "This port speaks TLS only");
    assertThat(said(secure.addresses().resp(), "PING\r\n")).startsWith("-ERR This port speaks TLS");
    assertThat(run("status", "--node", secure.addresses().http()))
        .isNotEqualTo(ExitCode.OK.number());
    assertThat(err.toString()).contains("speaks https only: --ca FILE");
  }

  /** What the port answers until it closes the connection. */
  private static String said(String address, String words) throws IOException {
    int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void closesConnectionsThatBeginNoHandshake() throws IOException {
    assertThat(said(secure.addresses().resp(), "")).isEmpty();
    assertThat(said(secure.addresses().http(), "")).isEmpty();
  }

  @Test
  void tellsClientsWithTlsThatAPortIsPlain() throws IOException {
    assertNoClient(
        trusting(plain.addresses().resp(), authority), "does not speak TLS", "grid.client.tls");
    run("status", "--node", plain.addresses().http(), "--ca", authority.toString());
    assertThat(err.toString()).contains("the other end does not speak TLS");
    assertThat(said(plain.addresses().resp(), "\u0016\u0003\u0001"))
        .startsWith("-ERR This port speaks no TLS");
  }

  @Test
  void isNotTrustedByOthersNorUnderAnotherName() {
    Path strange = STRANGER.authority(directory, "strange.ca");
    assertNoClient(
        trusting(secure.addresses().resp(), strange), "the other end's certificate is refused");
    String elsewhere = secure.addresses().resp().replace("127.0.0.1", "localhost");
    assertNoClient(trusting(elsewhere, authority), "certificate is refused", "localhost");
    run("status", "--node", secure.addresses().http(), "--ca", strange.toString());
    assertThat(err.toString()).contains("certificate is refused");
  }

  @Test
  void wantsCertificatesOfClientsIfItIsSetTo() {
    Issued own = AUTHORITY.issue(directory, "client");
    String resp = strict.addresses().resp();
    assertTalks(
        settings(resp)
            .withTls(
                Optional.of(authority), Optional.of(own.certificate()), Optional.of(own.key())));
    assertNoClient(trusting(resp, authority), "wants a certificate of this end");
    Issued strange = STRANGER.issue(directory, "strange");
    assertNoClient(
        settings(resp)
            .withTls(
                Optional.of(authority),
                Optional.of(strange.certificate()),
                Optional.of(strange.key())),
        "the other end");
    String ca = authority.toString();
    String http = strict.addresses().http();
    assertThat(run("status", "--node", http, "--ca", ca)).isNotEqualTo(ExitCode.OK.number());
    assertThat(
            run(
                "status",
                "--node",
                http,
                "--ca",
                ca,
                "--cert",
                own.certificate().toString(),
                "--tls-key",
                own.key().toString()))
        .isZero();
  }

  @Test
  void namesTheSettingThatIsMissing() {
    assertThatThrownBy(() -> NodeSettings.load(null, Map.of("grid.node.tls.http", "on")))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("grid.node.tls.certificate-file");
    assertThatThrownBy(
            () -> NodeSettings.load(null, Map.of("grid.node.tls.http-client-certificates", "on")))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("grid.node.tls.http-client-certificates");
  }
}
