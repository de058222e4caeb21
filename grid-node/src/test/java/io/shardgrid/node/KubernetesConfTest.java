package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardgrid.node.admin.AdminServer;
import io.shardgrid.node.provision.ProvisionSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KubernetesConfTest {

  private static final String NAME = "shardgrid";
  private static final int NO_PAGE = 404;

  private final Path directory;
  private final Manifests manifests;
  private final JsonNode set;
  private final JsonNode pod;
  private final JsonNode container;

  KubernetesConfTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.manifests = Manifests.read(Path.of("..", "conf", "kubernetes"));
    this.set = manifests.object("StatefulSet", NAME);
    this.pod = set.at("/spec/template/spec");
    this.container = pod.at("/containers/0");
  }

  @Test
  void hasOnlyFieldsThatKubernetesKnows() {
    assertThat(manifests.objects()).hasSize(9).allSatisfy(Manifests::check);
  }

  @Test
  void wouldFailWithAFieldThatIsMisspelt() {
    assertThatThrownBy(() -> Manifests.check(renamed("/spec", "serviceName", "servicName")))
        .hasMessageContaining("servicName");
    assertThatThrownBy(
            () ->
                Manifests.check(
                    renamed(
                        "/spec/template/spec/containers/0/readinessProbe/httpGet", "path", "pfad")))
        .hasMessageContaining("pfad");
    assertThatThrownBy(
            () ->
                Manifests.check(
                    renamed(
                        "/spec/template/spec/topologySpreadConstraints/0", "maxSkew", "maxskew")))
        .hasMessageContaining("maxskew");
    assertThatThrownBy(() -> Manifests.check(renamed("", "spec", "specs")))
        .hasMessageContaining("specs");
  }

  @Test
  void wouldFailWithAValueOfAnotherType() {
    ObjectNode replicas = set.deepCopy();
    ((ObjectNode) replicas.path("spec")).put("replicas", "three");
    assertThatThrownBy(() -> Manifests.check(replicas)).hasMessageContaining("three");

    ObjectNode probe = set.deepCopy();
    ((ObjectNode) probe.at("/spec/template/spec/containers/0/readinessProbe"))
        .put("periodSeconds", "5s");
    assertThatThrownBy(() -> Manifests.check(probe)).hasMessageContaining("5s");
  }

  @Test
  void namesEveryObjectAsItIsCalledElsewhere() {
    JsonNode labels = set.at("/spec/template/metadata/labels");
    assertThat(set.at("/spec/selector/matchLabels")).isEqualTo(labels);
    JsonNode nodes = manifests.object("Service", set.at("/spec/serviceName").asText());
    assertThat(nodes.at("/spec/clusterIP").asText()).isEqualTo("None");
    assertThat(nodes.at("/spec/publishNotReadyAddresses").asBoolean()).isTrue();
    for (JsonNode object : List.of(nodes, manifests.object("Service", NAME))) {
      assertThat(object.at("/spec/selector")).isEqualTo(labels);
      assertThat(texts(object.at("/spec/ports"), "targetPort")).isSubsetOf(portNames());
    }
    assertThat(manifests.object("PodDisruptionBudget", NAME).at("/spec/selector/matchLabels"))
        .isEqualTo(labels);
    assertThat(manifests.object("PodDisruptionBudget", NAME).at("/spec/maxUnavailable").asInt())
        .isEqualTo(1);
    JsonNode policy = manifests.object("NetworkPolicy", NAME);
    assertThat(policy.at("/spec/podSelector/matchLabels")).isEqualTo(labels);
    assertThat(texts(policy.at("/spec/ingress/0/ports"), "port")).containsExactly("resp");
    assertThat(pod.path("serviceAccountName").asText()).isEqualTo(NAME);
    manifests.object("ServiceAccount", NAME);
    manifests.object("ConfigMap", pod.at("/volumes/0/configMap/name").asText());
    labels
        .properties()
        .forEach(
            label ->
                assertThat(script()).contains(label.getKey() + "=" + label.getValue().asText()));
    assertThat(script()).contains("nodes=" + set.at("/spec/serviceName").asText() + "\n");
  }

  @Test
  void givesNodesTheRightsThatTheyNeed() {
    JsonNode role = manifests.object("Role", NAME);
    JsonNode scale = role.at("/rules/0");
    assertThat(texts(scale.path("apiGroups"))).containsExactly("apps");
    assertThat(texts(scale.path("resources"))).containsExactly("statefulsets/scale");
    assertThat(texts(scale.path("resourceNames"))).containsExactly(NAME);
    assertThat(texts(scale.path("verbs"))).containsExactly("get", "update", "patch");
    assertThat(texts(role.at("/rules/1/resources"))).containsExactly("pods");
    assertThat(texts(role.at("/rules/1/verbs"))).containsExactly("list");
    assertThat(manifests.object("RoleBinding", NAME).at("/roleRef/name").asText()).isEqualTo(NAME);
  }

  @Test
  void hasSettingsThatANodeTakes() throws IOException {
    NodeSettings settings = settings();

    assertThat(settings.provision().kind()).isEqualTo(ProvisionSettings.Kind.KUBERNETES);
    assertThat(settings.provision().kubernetes().statefulSet()).isEqualTo(NAME);
    assertThat(ports())
        .containsEntry("resp", settings.resp().port())
        .containsEntry("http", settings.admin().port())
        .containsEntry("peer", settings.grid().engine().member().peerPort())
        .containsEntry("cluster", settings.grid().engine().member().clusterPort());
    // The first pod has to be ready before there is another one.
    assertThat(settings.grid().engine().placement().expect()).isEqualTo(1);
    assertThat(set.at("/spec/podManagementPolicy").asText()).isEqualTo("OrderedReady");
  }

  @Test
  void readsUsersFromTheSecretThatItMounts() throws IOException {
    JsonNode mount = container.at("/volumeMounts/1");
    assertThat(mount.path("readOnly").asBoolean()).isTrue();
    String directory = mount.path("mountPath").asText();
    assertThat(settings().access().file()).contains(Path.of(directory, "users.conf"));
    assertThat(texts(container.at("/lifecycle/preStop/exec/command")))
        .contains("--token-file", directory + "/drain.token");
    assertThat(pod.at("/volumes/1/secret/secretName").asText()).isEqualTo("shardgrid-access");
    assertThat(Files.readString(Path.of("..", "conf", "kubernetes", "README.md")))
        .contains("create secret generic shardgrid-access --from-file=users.conf");
  }

  @Test
  void hasTimeToHandOver() throws IOException {
    var member = settings().grid().engine().member();
    Duration needed = member.drainTimeout().multipliedBy(2).plus(member.leaveTimeout());

    assertThat(Duration.ofSeconds(pod.path("terminationGracePeriodSeconds").asInt()))
        .isGreaterThan(needed.plusSeconds(30));
    List<String> preStop = texts(container.at("/lifecycle/preStop/exec/command"));
    int jar = preStop.indexOf("-jar");
    assertUnderstood(preStop.subList(jar + 2, preStop.size()), "drain");
  }

  @Test
  void asksPagesThatThereAre() throws Exception {
    NodeSettings settings = settings();
    try (AdminServer admin = AdminServer.bind("127.0.0.1", 0, settings.admin())) {
      for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
        JsonNode page = container.path(probe).path("httpGet");
        assertThat(page.path("port").asText()).isEqualTo("http");
        URI uri = URI.create("http://127.0.0.1:" + admin.port() + page.path("path").asText());
        int status =
            HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode();
        assertThat(status).as(uri.toString()).isNotEqualTo(NO_PAGE);
      }
    }
  }

  private static void assertUnderstood(List<String> arguments, String command) {
    assertThat(arguments.get(0)).isEqualTo(command);
    Main.commandLine().parseArgs(arguments.toArray(String[]::new));
  }

  private NodeSettings settings() throws IOException {
    JsonNode text = manifests.object("ConfigMap", NAME).at("/data/node.conf");
    return NodeSettings.load(
        Files.writeString(directory.resolve("node.conf"), text.asText()), Map.of());
  }

  private String script() {
    return manifests.object("ConfigMap", NAME).at("/data/start.sh").asText();
  }

  private JsonNode renamed(String path, String field, String next) {
    JsonNode copy = set.deepCopy();
    ObjectNode at = (ObjectNode) copy.at(path);
    at.set(next, at.remove(field));
    return copy;
  }

  private Map<String, Integer> ports() {
    Map<String, Integer> ports = new HashMap<>();
    container
        .path("ports")
        .forEach(port -> ports.put(port.path("name").asText(), port.path("containerPort").asInt()));
    return ports;
  }

  private List<String> portNames() {
    return List.copyOf(ports().keySet());
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static List<String> texts(JsonNode list, String field) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(item -> item.path(field).asText())
        .toList();
  }
}
