package io.shardgrid.node.telemetry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import com.typesafe.config.ConfigFactory;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.node.provision.Authority;
import io.shardgrid.trace.SpanKind;
import io.shardgrid.trace.TraceSettings;
import io.shardgrid.trace.TraceSwitch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spans for a receiver that shows a certificate and wants a login. */
final class TraceExportTest {

  private static final String WANTED = "Bearer one of the two";

  private final Path directory;
  private final List<String> logins = new CopyOnWriteArrayList<>();
  private final HttpsServer receiver;
  private final Path login;

  TraceExportTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.login = directory.resolve("login");
    this.receiver =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    receiver.createContext("/v1/traces", this::take);
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String told = exchange.getRequestHeaders().getFirst("Authorization");
    logins.add(String.valueOf(told));
    exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(WANTED.equals(told) ? 200 : 401, -1);
    exchange.close();
  }

  /** Counters after a span that ended, and all was delivered that will ever be. */
  private Map<String, Long> afterOneSpan(Path authority) {
    TraceExportSettings settings =
        TraceExportSettings.from(
            ConfigFactory.parseMap(
                    Map.of(
                        "grid.node.trace.endpoint",
                        "https://127.0.0.1:" + receiver.getAddress().getPort(),
                        "grid.node.trace.authorization-file",
                        login.toString(),
                        "grid.node.trace.ca-file",
                        authority.toString(),
                        "grid.node.trace.timeout",
                        "1s"))
                .withFallback(ConfigFactory.defaultReference())
                .getConfig("grid"));
    TraceSwitch followed = new TraceSwitch(new TraceSettings(1, 10));
    URI endpoint = settings.endpoint().orElseThrow();
    TraceExport export = TraceExport.begin(settings, endpoint, "cluster", "node", followed);
    requireNonNull(requireNonNull(followed.tracing()).enter(SpanKind.SERVER, null, "put", "cities"))
        .end();
    export.close();
    return export.figures().stream()
        .filter(figure -> figure.name().equals("spans"))
        .collect(
            Collectors.toMap(
                figure -> String.valueOf(figure.labels().get("result")),
                figure -> figure.value().getAsLong()));
  }

  @Test
  void deliversToAReceiverThatItTrustsAndThatKnowsIt() throws Exception {
    Authority known = Authority.makeWithServer(directory.resolve("known"));
    Authority unknown = Authority.make(directory.resolve("unknown"));
    receiver.setHttpsConfigurator(new HttpsConfigurator(known.server()));
    receiver.start();

    assertThat(afterOneSpan(known.certificate()))
        .as("no file")
        .containsAllEntriesOf(Map.of("ended", 1L, "delivered", 0L, "failed", 1L));
    Files.writeString(login, "Bearer another\n");
    assertThat(afterOneSpan(known.certificate()))
        .containsAllEntriesOf(Map.of("delivered", 0L, "failed", 1L, "dropped", 0L));
    Files.writeString(login, WANTED + "\n");
    assertThat(afterOneSpan(known.certificate()))
        .containsAllEntriesOf(Map.of("delivered", 1L, "failed", 0L));
    assertThat(logins).containsExactly("Bearer another", WANTED);

    assertThat(afterOneSpan(unknown.certificate()))
        .containsAllEntriesOf(Map.of("delivered", 0L, "failed", 1L));
    assertThat(logins).hasSize(2);
  }

  @Test
  void refusesToBeginWithoutTheCertificates() throws Exception {
    Path missing = directory.resolve("missing.pem");
    assertThatThrownBy(() -> afterOneSpan(missing))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContainingAll("grid.node.trace.ca-file", "missing.pem");
    Path empty = Files.writeString(directory.resolve("empty.pem"), "no certificate\n");
    assertThatThrownBy(() -> afterOneSpan(empty))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContainingAll("grid.node.trace.ca-file", "empty.pem");
  }
}
