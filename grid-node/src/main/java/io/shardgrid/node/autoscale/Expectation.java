package io.shardgrid.node.autoscale;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a case should come to. Immutable.
 *
 * @param number the size; empty if none is asked for
 * @param isNoProposal whether there should be no proposal
 * @param details what else is asked for, by the names of the fields
 */
record Expectation(OptionalLong number, boolean isNoProposal, Map<String, String> details) {

  static final String REPLICAS = "expectedReplicas";
  static final String ERROR = "expectedError";
  static final String UTILIZATION = "expectedUtilization";
  static final String AVERAGE = "expectedAverage";
  static final String CONDITION = "expectedCondition";

  /** Reads it; one that expects nothing is no case. */
  static Expectation of(CaseFields fields) {
    Expectation expected = optional(fields);
    if (expected.number().isEmpty() && !expected.isNoProposal()) {
      throw fields.wrong("there is no '" + REPLICAS + "' and no '" + ERROR + "'");
    }
    return expected;
  }

  /** Reads what there is. */
  static Expectation optional(CaseFields fields) {
    Map<String, String> details = new LinkedHashMap<>();
    for (String field : List.of(UTILIZATION, AVERAGE)) {
      if (fields.has(field)) {
        details.put(field, Long.toString(fields.whole(field)));
      }
    }
    if (fields.has(CONDITION)) {
      details.put(CONDITION, fields.text(CONDITION));
    }
    OptionalLong number =
        fields.has(REPLICAS) ? OptionalLong.of(fields.whole(REPLICAS)) : OptionalLong.empty();
    return new Expectation(number, fields.has(ERROR) && fields.flag(ERROR), details);
  }

  /** Compares. */
  CaseRow compare(String name, String kind, CaseOutcome outcome) {
    return new CaseRow(
        name,
        kind,
        expectedText(),
        actualText(outcome),
        holds(outcome) ? CaseRow.Result.OK : CaseRow.Result.DIFFERS);
  }

  /** Whether the outcome is as expected. A case that keeps its size has a number all the same. */
  boolean holds(CaseOutcome outcome) {
    if (outcome.differs() || (isNoProposal && outcome.isProposal())) {
      return false;
    }
    boolean isKept = isNoProposal && outcome.number().isEmpty();
    if (number.isPresent() && !isKept && !number.equals(outcome.number())) {
      return false;
    }
    return isNoProposal
        || details.entrySet().stream()
            .allMatch(one -> one.getValue().equals(outcome.details().get(one.getKey())));
  }

  private String expectedText() {
    List<String> parts = new ArrayList<>();
    number.ifPresent(value -> parts.add(Long.toString(value)));
    if (isNoProposal) {
      parts.add("no proposal");
    }
    details.forEach((field, value) -> parts.add(label(field) + value));
    return String.join(", ", parts);
  }

  private String actualText(CaseOutcome outcome) {
    List<String> parts = new ArrayList<>();
    outcome.number().ifPresent(value -> parts.add(Long.toString(value)));
    if (!outcome.isProposal()) {
      parts.add("no proposal");
    }
    for (String field : details.keySet()) {
      String value = outcome.details().get(field);
      if (value != null) {
        parts.add(label(field) + value);
      }
    }
    return String.join(", ", parts)
        + (outcome.remark().isEmpty() ? "" : " (" + outcome.remark() + ")");
  }

  private static String label(String field) {
    return switch (field) {
      case UTILIZATION -> "utilization ";
      case AVERAGE -> "average ";
      default -> "";
    };
  }
}
