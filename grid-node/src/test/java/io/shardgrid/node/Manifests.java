package io.shardgrid.node;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Objects of Kubernetes in files, and what such objects may look like. Immutable. */
record Manifests(List<JsonNode> objects) {

  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** Models of kinds, which the project Kubernetes makes from its own description of them. */
  private static final Map<String, Kind> KINDS =
      Map.of(
          "v1 ConfigMap", new Kind(V1ConfigMap.class, V1ConfigMap::validateJsonElement),
          "v1 Service", new Kind(V1Service.class, V1Service::validateJsonElement),
          "v1 ServiceAccount",
              new Kind(V1ServiceAccount.class, V1ServiceAccount::validateJsonElement),
          "apps/v1 StatefulSet", new Kind(V1StatefulSet.class, V1StatefulSet::validateJsonElement),
          "policy/v1 PodDisruptionBudget",
              new Kind(V1PodDisruptionBudget.class, V1PodDisruptionBudget::validateJsonElement),
          "networking.k8s.io/v1 NetworkPolicy",
              new Kind(V1NetworkPolicy.class, V1NetworkPolicy::validateJsonElement),
          "rbac.authorization.k8s.io/v1 Role", new Kind(V1Role.class, V1Role::validateJsonElement),
          "rbac.authorization.k8s.io/v1 RoleBinding",
              new Kind(V1RoleBinding.class, V1RoleBinding::validateJsonElement));

  private static final Gson TYPES =
      new GsonBuilder()
          .registerTypeAdapter(
              OffsetDateTime.class,
              (JsonDeserializer<OffsetDateTime>)
                  (json, type, context) -> OffsetDateTime.parse(json.getAsString()))
          .create();

  /** Finds unknown and missing fields; throws for the first one. */
  @FunctionalInterface
  private interface FieldCheck {
    void check(JsonElement object) throws IOException;
  }

  /** What objects of a kind look like. */
  private record Kind(Class<?> type, FieldCheck fields) {}

  /** Reads all files of a directory. */
  static Manifests read(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    List<JsonNode> objects = new ArrayList<>();
    for (Path file : files) {
      try (MappingIterator<JsonNode> documents =
          YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
        objects.addAll(documents.readAll());
      }
    }
    return new Manifests(objects);
  }

  /** The object of a kind, by its name. */
  JsonNode object(String kind, String name) {
    return objects.stream()
        .filter(object -> object.path("kind").asText().equals(kind))
        .filter(object -> object.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no " + kind + " " + name));
  }

  /**
   * Checks an object.
   *
   * @return it, as the model has it
   * @throws IllegalArgumentException if a field is unknown or missing
   * @throws com.google.gson.JsonParseException if a value is of another type
   */
  static Object check(JsonNode object) throws IOException {
    String name = object.path("apiVersion").asText() + " " + object.path("kind").asText();
    Kind kind = KINDS.get(name);
    if (kind == null) {
      throw new IllegalArgumentException("There is no such kind: " + name);
    }
    JsonElement json = JsonParser.parseString(object.toString());
    kind.fields.check(json);
    return TYPES.fromJson(json, kind.type);
  }
}
