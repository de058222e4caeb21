package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Transport;
import io.shardgrid.node.cli.Waiting;
import io.shardgrid.node.gateway.Gateway;
import io.shardgrid.node.security.SampleUsers;
import io.shardgrid.tls.TestAuthority;
import io.shardgrid.tls.TestAuthority.Issued;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisException;

/** Who may use a gateway with TLS and users, before a production that has both as well. */
final class SecureGatewayTest {

  private static final TestAuthority AUTHORITY = TestAuthority.named("cluster");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String STORE = "changeit";

  private static Path authority;
  private static Path trusted;
  private static SSLContext trust;
  private static StandaloneNode production;
  private static StandaloneNode canary;
  private static Guards guards;
  private static Gateway gateway;

  private final StringWriter out = new StringWriter();

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    Issued files = AUTHORITY.issue(directory, "node", AUTHORITY.certificate("node", "127.0.0.1"));
    authority = files.authority();
    trusted = directory.resolve("trusted.p12");
    trust = trusting(authority);
    Path users = Files.writeString(directory.resolve("users.conf"), SampleUsers.text());
    Path password = Files.writeString(directory.resolve("password"), SampleUsers.PASSWORD + "\n");
    Map<String, Object> secured = new HashMap<>();
    secured.put("grid.node.tls.certificate-file", files.certificate().toString());
    secured.put("grid.node.tls.key-file", files.key().toString());
    secured.put("grid.node.tls.resp", "on");
    secured.put("grid.node.tls.http", "on");
    secured.put("grid.node.access.file", users.toString());
    production = node(secured);
    canary = node(Map.of());
    Map<String, Object> flags = new HashMap<>(secured);
    flags.put("grid.gateway.port", 0);
    flags.put("grid.gateway.http", 0);
    flags.put("grid.gateway.production.seeds", List.of(production.addresses().resp()));
    flags.put("grid.gateway.production.tls", "on");
    flags.put("grid.gateway.production.ca-file", authority.toString());
    flags.put("grid.gateway.production.user", "writer");
    flags.put("grid.gateway.production.password-file", password.toString());
    flags.put("grid.gateway.canary.seeds", List.of(canary.addresses().resp()));
    GatewaySettings settings = GatewaySettings.load(null, flags);
    guards = Guards.open(settings.node());
    gateway = Gateway.start(settings.plan(guards));
  }

  private static StandaloneNode node(Map<String, Object> more) {
    Map<String, Object> flags = new HashMap<>(more);
    flags.put("grid.shards", 8);
    for (String port : List.of("node.resp.port", "node.http.port", "peer-port", "cluster-port")) {
      flags.put("grid." + port, 0);
    }
    StandaloneNode node = StandaloneNode.start(NodeSettings.load(null, flags));
    node.ready().toCompletableFuture().join();
    return node;
  }

  private static SSLContext trusting(Path file) throws Exception {
    KeyStore known = KeyStore.getInstance("PKCS12");
    known.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      known.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    try (OutputStream store = Files.newOutputStream(trusted)) {
      known.store(store, STORE.toCharArray());
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(known);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  @AfterAll
  static void stop() {
    gateway.close();
    guards.close();
    canary.close();
    production.close();
  }

  @BeforeEach
  @AfterEach
  void forgetTheOptionsOfCommands() {
    Transport.useSettings();
  }

  @Test
  void servesUsersUnderTlsByTheirRights() {
    try (Jedis writer = redis("writer", SampleUsers.PASSWORD);
        Jedis reader = redis("reader", SampleUsers.PASSWORD)) {
      assertThat(writer.set("a", "1")).isEqualTo("OK");
      assertThat(reader.get("a")).isEqualTo("1");
      assertThatThrownBy(() -> reader.set("a", "2")).hasMessageContaining("NOPERM");
      assertThat(reader.get("a")).isEqualTo("1");
    }
    assertThatThrownBy(() -> redis("writer", "another word").close())
        .isInstanceOf(JedisException.class)
        .hasMessageContaining("WRONGPASS");
  }

  @Test
  void copiesWhatUsersWriteToACanaryThatHasItsOwnRules() {
    try (Jedis writer = redis("writer", SampleUsers.PASSWORD);
        Jedis behind = new Jedis("127.0.0.1", port(canary.addresses().resp()))) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!gateway.mirror().report().traffic().isConnected() && System.nanoTime() < end) {
        Waiting.linger(Duration.ofMillis(5));
      }
      writer.set("copied", "yes");
      while (behind.get("copied") == null && System.nanoTime() < end) {
        Waiting.linger(Duration.ofMillis(5));
      }
      assertThat(behind.get("copied")).isEqualTo("yes");
    }
  }

  @Test
  void servesNobodyWithoutAPasswordOrWithoutTls() {
    try (Jedis nobody = redis(DefaultJedisClientConfig.builder())) {
      assertThatThrownBy(() -> nobody.get("a")).hasMessageContaining("NOAUTH");
    }
    try (Jedis plain = new Jedis("127.0.0.1", gateway.respPort())) {
      assertThatThrownBy(() -> plain.get("a"))
          .isInstanceOf(JedisException.class)
          .hasMessageContaining("This port speaks TLS");
    }
  }

  @Test
  void tellsTheVerdictToUsersAndMismatchesToThoseWhoMayReadEveryMap() throws Exception {
    assertThat(status("/verdict", "")).isEqualTo(401);
    assertThat(status("/verdict", "clerk")).isEqualTo(200);
    assertThat(status("/report", "clerk")).isEqualTo(403);
    assertThat(status("/report", "reader")).isEqualTo(200);
    assertThat(post("/mode?mode=off", "writer")).isEqualTo(403);
    assertThat(post("/mode?mode=shadow", "admin")).isEqualTo(200);
  }

  @Test
  void showsTheVerdictToABrowser() throws Exception {
    HttpResponse<String> page = get("/verdict.html", "clerk");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
    assertThat(page.body()).contains("<p class=\"decision hold\">HOLD</p>", "Self-test");
    assertThat(get("/verdict.css", "clerk").body()).contains(".hold");
  }

  @Test
  void answersItsOwnCommandsUnderTls() {
    String at = "127.0.0.1:" + gateway.httpPort();
    assertThat(run("gateway", "verdict", "--gateway", at))
        .isNotIn(ExitCode.OK.number(), ExitCode.HOLD.number(), ExitCode.ROLL_BACK.number());
    assertThat(out.toString()).contains("--ca");
    out.getBuffer().setLength(0);
    assertThat(run("gateway", "verdict", "--gateway", at, "--ca", authority.toString()))
        .isNotIn(ExitCode.OK.number(), ExitCode.HOLD.number(), ExitCode.ROLL_BACK.number());
    assertThat(out.toString()).contains("--token-file");
  }

  private int run(String... arguments) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(out, true));
    return commandLine.execute(arguments);
  }

  private static Jedis redis(String user, String password) {
    return redis(DefaultJedisClientConfig.builder().user(user).password(password));
  }

  private static Jedis redis(DefaultJedisClientConfig.Builder with) {
    Jedis redis =
        new Jedis(
            new HostAndPort("127.0.0.1", gateway.respPort()),
            with.sslOptions(
                    SslOptions.builder().truststore(trusted.toFile(), STORE.toCharArray()).build())
                .socketTimeoutMillis((int) PATIENCE.toMillis())
                .build());
    redis.connect();
    return redis;
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  private static int status(String path, String user) throws Exception {
    return get(path, user).statusCode();
  }

  private static HttpResponse<String> get(String path, String user) throws Exception {
    return send(request(path, user).GET());
  }

  private static int post(String path, String user) throws Exception {
    HttpRequest.Builder request = request(path, user).header("X-Shardgrid", "test");
    return send(request.POST(HttpRequest.BodyPublishers.noBody())).statusCode();
  }

  private static HttpRequest.Builder request(String path, String user) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + gateway.httpPort() + path));
    if (!user.isEmpty()) {
      String login = user + ":" + SampleUsers.PASSWORD;
      request.header(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }
    return request;
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(trust).build();
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
