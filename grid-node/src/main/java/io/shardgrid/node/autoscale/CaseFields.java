package io.shardgrid.node.autoscale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a case with their types. Immutable as long as nobody changes the JSON.
 *
 * <p>Everything throws {@link CaseException} for a value that is missing or of another type.
 */
final class CaseFields {

  /** Fields for readers only. */
  static final Set<String> REMARKS = Set.of("comment", "note", "source");

  private static final Set<String> FIELDS =
      Set.of(
          "name",
          "kind",
          "currentReplicas",
          "minReplicas",
          "maxReplicas",
          "pods",
          "target",
          "tolerance",
          "perPodMetric",
          "requests",
          "unready",
          "initializing",
          "missing",
          "pending",
          "failed",
          "deleting",
          "total",
          "error",
          "metrics",
          "desired",
          "scaleUp",
          "scaleDown",
          "scaleUpEvents",
          "scaleDownEvents",
          "scaleUpFactor",
          "direction",
          "rule",
          "history",
          "upWindow",
          "downWindow",
          "events",
          "period",
          Expectation.REPLICAS,
          Expectation.ERROR,
          Expectation.UTILIZATION,
          Expectation.AVERAGE,
          Expectation.CONDITION);

  /** What the metrics of a case have from it unless they say otherwise. */
  private static final List<String> SHARED =
      List.of(
          "currentReplicas",
          "pods",
          "requests",
          "perPodMetric",
          "tolerance",
          "unready",
          "initializing",
          "missing",
          "pending",
          "failed",
          "deleting");

  private static final int LONG_DIGITS = 19;
  private static final int SCALE_MAX = 100;

  private final String name;
  private final ObjectNode json;
  private final BigDecimal toleranceDefault;

  CaseFields(String name, ObjectNode json, BigDecimal toleranceDefault) {
    this.name = name;
    this.json = json;
    this.toleranceDefault = toleranceDefault;
  }

  /** The tolerance of a case that has none. */
  BigDecimal toleranceDefault() {
    return toleranceDefault;
  }

  /** Refuses fields that nobody knows. */
  void requireKnownFields() {
    requireKnownFields(FIELDS);
  }

  /** Refuses fields that are none of these. */
  void requireKnownFields(Set<String> known) {
    for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
      String field = names.next();
      if (!known.contains(field) && !REMARKS.contains(field)) {
        throw wrong("unknown field '" + field + "'");
      }
    }
  }

  /** An exception that names this case. */
  CaseException wrong(String what) {
    return new CaseException(name, what);
  }

  /** Whether the field is there, and not null. */
  boolean has(String field) {
    return json.hasNonNull(field);
  }

  /** A text. */
  String text(String field) {
    JsonNode value = required(field);
    if (!value.isTextual()) {
      throw wrong(field, "a text", value);
    }
    return value.asText();
  }

  /** Yes or no. */
  boolean flag(String field) {
    JsonNode value = required(field);
    if (!value.isBoolean()) {
      throw wrong(field, "true or false", value);
    }
    return value.asBoolean();
  }

  /** A whole number. */
  long whole(String field) {
    return whole(field, required(field));
  }

  /** A number of nodes, 0 or more. */
  int size(String field) {
    return size(field, required(field));
  }

  /** A number of nodes, or this one if the case has none. */
  int size(String field, int otherwise) {
    return has(field) ? size(field) : otherwise;
  }

  /** Whatever is there. */
  JsonNode json(String field) {
    return required(field);
  }

  /** A number. */
  BigDecimal decimal(String field) {
    JsonNode value = required(field);
    if (!value.isNumber() || Math.abs(value.decimalValue().scale()) > SCALE_MAX) {
      throw wrong(field, "a number", value);
    }
    return value.decimalValue();
  }

  /** Numbers of nodes, none if the field is not there. */
  List<Integer> sizes(String field) {
    List<Integer> sizes = new ArrayList<>();
    for (JsonNode value : list(field)) {
      sizes.add(size(field, value));
    }
    return sizes;
  }

  /** Whole numbers, some of them null; none if the field is not there. */
  List<@Nullable Long> wholes(String field) {
    List<@Nullable Long> wholes = new ArrayList<>();
    for (JsonNode value : list(field)) {
      wholes.add(value.isNull() ? null : (Long) whole(field, value));
    }
    return Collections.unmodifiableList(wholes);
  }

  /** The parts of a list, none if the field is not there. */
  Iterable<JsonNode> list(String field) {
    if (!has(field)) {
      return List.of();
    }
    JsonNode value = required(field);
    if (!value.isArray()) {
      throw wrong(field, "a list", value);
    }
    return value;
  }

  /** The fields of an object within this case, with the case's name. */
  CaseFields inner(String field) {
    JsonNode value = required(field);
    if (!(value instanceof ObjectNode object)) {
      throw wrong(field, "an object", value);
    }
    return new CaseFields(name, object, toleranceDefault);
  }

  /** The metrics of this case, each with what it has from the case. */
  List<CaseFields> metrics() {
    List<CaseFields> metrics = new ArrayList<>();
    for (JsonNode value : list("metrics")) {
      if (!(value instanceof ObjectNode metric)) {
        throw wrong("metrics", "a list of objects", value);
      }
      ObjectNode whole = metric.deepCopy();
      for (String field : SHARED) {
        if (!whole.has(field) && json.has(field)) {
          whole.set(field, json.get(field));
        }
      }
      metrics.add(new CaseFields(name + "/" + (metrics.size() + 1), whole, toleranceDefault));
    }
    return metrics;
  }

  /** A whole number within a field. */
  long whole(String field, JsonNode value) {
    if (value.isNumber()) {
      BigDecimal number = value.decimalValue();
      if (number.precision() - (long) number.scale() <= LONG_DIGITS
          && number.scale() <= LONG_DIGITS
          && number.stripTrailingZeros().scale() <= 0
          && number.toBigInteger().bitLength() < Long.SIZE) {
        return number.longValueExact();
      }
    }
    throw wrong(field, "a whole number of 64 bits", value);
  }

  private int size(String field, JsonNode value) {
    long size = value.isNumber() ? whole(field, value) : -1;
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw wrong(field, "a whole number, 0 to " + Integer.MAX_VALUE, value);
    }
    return (int) size;
  }

  private JsonNode required(String field) {
    JsonNode value = json.get(field);
    if (value == null || value.isNull()) {
      throw wrong("there is no '" + field + "'");
    }
    return value;
  }

  /** An exception about a field. */
  CaseException wrong(String field, String wanted, Object found) {
    return wrong("'" + field + "': wanted is " + wanted + ", found is " + found);
  }
}
