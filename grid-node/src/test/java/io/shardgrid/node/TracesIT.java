package io.shardgrid.node;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.shardgrid.client.ClientSettings;
import io.shardgrid.client.GridClient;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.key.Slot;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import io.shardgrid.node.OtlpReceiver.Received;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.traces.GridTraces;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What a receiver of OTLP gets of a client and two nodes. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class TracesIT {

  private static final String CALLER = "00f067aa0ba902b7";
  private static final int SHARDS = 32;
  private static final long NATIVE_CLIENT = 77;

  private static @Nullable OtlpReceiver receiver;
  private static @Nullable StandaloneNode first;
  private static @Nullable StandaloneNode second;
  private static @Nullable GridClient client;
  private static @Nullable OpenTelemetrySdk sdk;
  private static int traces;

  @BeforeAll
  static void start() throws Exception {
    OtlpReceiver taking = OtlpReceiver.start();
    receiver = taking;
    StandaloneNode founder =
        StandaloneNode.start(settings("a", Map.of("grid.found", true, "grid.placement.expect", 2)));
    first = founder;
    second =
        StandaloneNode.start(
            settings("b", Map.of("grid.seeds", List.of(founder.addresses().cluster()))));
    founder.ready().toCompletableFuture().get(60, TimeUnit.SECONDS);
    node(1).ready().toCompletableFuture().get(60, TimeUnit.SECONDS);
    GridClient connected =
        GridClient.connect(
            ClientSettings.from(
                    ConfigFactory.parseMap(
                        Map.of(
                            "grid.client.trace.sample-ratio", 1,
                            "grid.client.trace.per-second-max", 100_000)))
                .withSeeds(List.of(founder.addresses().resp())));
    client = connected;
    OpenTelemetrySdk own =
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .setResource(
                        Resource.create(
                            Attributes.builder()
                                .put("service.name", "application")
                                .put("service.instance.id", "client")
                                .build()))
                    .addSpanProcessor(
                        BatchSpanProcessor.builder(
                                OtlpHttpSpanExporter.builder()
                                    .setEndpoint(taking.endpoint() + "/v1/traces")
                                    .build())
                            .setScheduleDelay(Duration.ofMillis(50))
                            .build())
                    .build())
            .build();
    sdk = own;
    new GridTraces(own).bindTo(connected.traces());
  }

  private static NodeSettings settings(String name, Map<String, Object> own) {
    Map<String, Object> all = new HashMap<>(own);
    all.put("grid.name", name);
    all.put("grid.peer-port", 0);
    all.put("grid.cluster-port", 0);
    all.put("grid.shards", SHARDS);
    all.put("grid.trace.sample-ratio", 0);
    all.put("grid.trace.per-second-max", 100_000);
    all.put("grid.node.resp.port", 0);
    all.put("grid.node.http.port", 0);
    all.put("grid.node.drain", false);
    all.put("grid.node.trace.endpoint", requireNonNull(receiver).endpoint());
    all.put("grid.node.trace.interval", "50 ms");
    return NodeSettings.load(null, all);
  }

  @AfterAll
  static void stop() {
    if (client != null) {
      client.close();
    }
    if (sdk != null) {
      sdk.close();
    }
    if (second != null) {
      second.close();
    }
    if (first != null) {
      first.close();
    }
    if (receiver != null) {
      receiver.close();
    }
  }

  private static StandaloneNode node(int number) {
    return requireNonNull(number == 0 ? first : second);
  }

  private static AsyncMap<String, String> map() {
    return requireNonNull(client).map("cities", Codecs.string(), Codecs.string());
  }

  /** A key whose shard's primary is this node. */
  private static String keyOf(String name) {
    GridClient known = requireNonNull(client);
    Map<Integer, PlacementEntry> placement =
        known.topology().placement().stream()
            .collect(Collectors.toMap(PlacementEntry::shard, entry -> entry));
    MemberView member =
        known.topology().members().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow();
    for (int i = 0; ; i++) {
      byte[] key = ("key-" + i).getBytes(StandardCharsets.UTF_8);
      PlacementEntry entry = placement.get(Slot.shardOf(Slot.of(key), SHARDS));
      if (entry != null && member.id().equals(entry.primary())) {
        return "key-" + i;
      }
    }
  }

  private static String newTrace() {
    traces++;
    return "%032x".formatted(0xabc000 + traces);
  }

  private static Optional<List<Received>> whole(
      List<Received> all, String trace, Set<String> names) {
    List<Received> ofTrace = all.stream().filter(span -> span.trace().equals(trace)).toList();
    Set<String> there = ofTrace.stream().map(Received::name).collect(Collectors.toSet());
    return there.containsAll(names) ? Optional.of(ofTrace) : Optional.empty();
  }

  private static Received of(List<Received> trace, String name) {
    return trace.stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void oneTraceSpansClientNodeShardAndBackup() throws Exception {
    String key = keyOf("b");
    map().put(key, "value that nobody should see").toCompletableFuture().join();
    List<Received> trace =
        requireNonNull(receiver)
            .await(
                "client, node, shard, backup",
                all ->
                    all.stream()
                        .filter(span -> span.name().equals("put cities"))
                        .map(
                            root ->
                                whole(
                                    all,
                                    root.trace(),
                                    Set.of("native put cities", "shard put cities", "backup log")))
                        .flatMap(Optional::stream)
                        .findFirst());
    Received root = of(trace, "put cities");
    Received node = of(trace, "native put cities");
    Received shard = of(trace, "shard put cities");
    Received backup = of(trace, "backup log");
    assertThat(root.instance()).isEqualTo("client");
    assertThat(root.kind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
    assertThat(root.parent()).isEmpty();
    assertThat(node.instance()).isEqualTo("b");
    assertThat(node.parent()).isEqualTo(root.id());
    assertThat(shard.instance()).isEqualTo("b");
    assertThat(shard.parent()).isEqualTo(node.id());
    assertThat(backup.instance()).isEqualTo("a");
    assertThat(backup.parent()).isEqualTo(shard.id());
    assertThat(shard.said())
        .containsEntry("db.collection.name", "cities")
        .containsEntry("db.operation.name", "put")
        .containsEntry("shardgrid.outcome", "ok")
        .containsKeys(
            "shardgrid.shard", "shardgrid.epoch", "shardgrid.wait_us", "shardgrid.turn_us");
    assertThat(backup.said().get("shardgrid.shard")).isEqualTo(shard.said().get("shardgrid.shard"));
    assertThat(trace.toString()).doesNotContain(key).doesNotContain("nobody should see");
  }

  @Test
  void aRespCommandBelongsToTheTraceThatItsClientNames() throws Exception {
    String id = newTrace();
    String key = keyOf("b");
    try (Socket socket = connected(0)) {
      String commands =
          RawCommands.command("GRID.TRACE", "00-" + id + "-" + CALLER + "-01")
              + RawCommands.command("SET", key, "v")
              + RawCommands.command("GET", key);
      socket.getOutputStream().write(commands.getBytes(StandardCharsets.UTF_8));
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readNBytes(17), StandardCharsets.UTF_8))
          .isEqualTo("+OK\r\n+OK\r\n$1\r\nv\r\n");
    }
    List<Received> trace =
        requireNonNull(receiver)
            .await(
                "command, hop, shard, backup",
                all ->
                    whole(
                        all, id, Set.of("SET", "put default", "shard put default", "backup log")));
    Received command = of(trace, "SET");
    Received hop = of(trace, "put default");
    Received shard = of(trace, "shard put default");
    assertThat(command.instance()).isEqualTo("a");
    assertThat(command.parent()).isEqualTo(CALLER);
    assertThat(hop.instance()).isEqualTo("a");
    assertThat(hop.parent()).isEqualTo(command.id());
    assertThat(shard.instance()).as("over the peer link").isEqualTo("b");
    assertThat(shard.kind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
    assertThat(shard.parent()).isEqualTo(hop.id());
    assertThat(of(trace, "backup log").instance()).isEqualTo("a");
    assertThat(trace).as("the command behind it is none of it").hasSize(4);
  }

  @Test
  void anHttpRequestBelongsToTheTraceOfItsHeader() throws Exception {
    String id = newTrace();
    HttpResponse<String> reply =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://" + node(0).addresses().http() + "/entries?map=m&key=k"))
                    .header("traceparent", "00-" + id + "-" + CALLER + "-01")
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(reply.statusCode()).isEqualTo(404);
    List<Received> trace =
        requireNonNull(receiver)
            .await(
                "request and shard",
                all -> whole(all, id, Set.of("GET /entries", "get m", "shard get m")));
    assertThat(of(trace, "GET /entries").parent()).isEqualTo(CALLER);
    assertThat(of(trace, "get m").parent()).isEqualTo(of(trace, "GET /entries").id());
    assertThat(of(trace, "shard get m").parent()).isEqualTo(of(trace, "get m").id());
  }

  /** What a client does whose operation was refused, since the shard has moved, step by step. */
  @Test
  void isOneTraceWhenItIsSentAgainToWhereTheShardIs() throws Exception {
    String id = newTrace();
    byte[] key = keyOf("b").getBytes(StandardCharsets.UTF_8);
    int shard = Slot.shardOf(Slot.of(key), SHARDS);
    long epoch =
        requireNonNull(client).topology().placement().stream()
            .filter(entry -> entry.shard() == shard)
            .findFirst()
            .orElseThrow()
            .epoch();
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    Operation operation =
        new Operation(
                "cities",
                shard,
                NATIVE_CLIENT,
                1,
                1,
                epoch,
                0,
                deadline,
                new Request.Put(key, key, Expiry.NEVER, Condition.ALWAYS, false))
            .under(TraceContext.parse("00-" + id + "-" + CALLER + "-01"));
    try (Socket wrong = connected(0);
        Socket right = connected(1)) {
      RawCommands.send(wrong, operation);
      requireNonNull(receiver)
          .await("refusal", all -> whole(all, id, Set.of("native put cities", "shard put cities")));
      RawCommands.send(right, operation);
      List<Received> trace =
          requireNonNull(receiver)
              .await(
                  "both attempts",
                  all -> whole(all, id, Set.of("backup log")).filter(found -> found.size() == 5));
      assertThat(outcomes(trace, "native put cities")).containsExactlyInAnyOrder("a moved", "b ok");
      assertThat(outcomes(trace, "shard put cities")).containsExactlyInAnyOrder("a moved", "b ok");
      assertThat(outcomes(trace, "backup log")).containsExactly("a ok");
      assertThat(trace.stream().filter(span -> span.name().startsWith("native")))
          .allSatisfy(span -> assertThat(span.parent()).isEqualTo(CALLER));
    }
  }

  private static List<String> outcomes(List<Received> trace, String name) {
    return trace.stream()
        .filter(span -> span.name().equals(name))
        .map(span -> span.instance() + " " + span.said().get("shardgrid.outcome"))
        .toList();
  }

  private static Socket connected(int node) throws IOException {
    int port = URI.create("tcp://" + node(node).addresses().resp()).getPort();
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void theMoveOfAShardIsATraceOfAllNodesThatTakePart() throws Exception {
    weigh(1000);
    List<Received> move =
        requireNonNull(receiver)
            .await(
                "a move",
                all ->
                    all.stream()
                        .filter(span -> span.name().equals("take seat"))
                        .map(
                            span ->
                                whole(
                                    all,
                                    span.trace(),
                                    Set.of("move primary", "switching", "hand over")))
                        .flatMap(Optional::stream)
                        .findFirst());
    Received whole = of(move, "move primary");
    assertThat(whole.parent()).isEmpty();
    assertThat(whole.said()).containsEntry("shardgrid.outcome", "done");
    assertThat(of(move, "switching").parent()).isEqualTo(whole.id());
    assertThat(of(move, "hand over").parent()).isEqualTo(whole.id());
    assertThat(of(move, "take seat").parent()).isEqualTo(whole.id());
    assertThat(of(move, "take seat").instance())
        .as("two nodes, one trace")
        .isNotEqualTo(of(move, "hand over").instance());
  }

  private static void weigh(int weight) throws Exception {
    HttpResponse<String> reply =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            "http://" + node(1).addresses().http() + "/weight?value=" + weight))
                    .header("X-Shardgrid", "yes")
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
  }
}
