package io.shardgrid.node.autoscale;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardgrid.failure.GridConfigException;
import java.math.BigDecimal;

/**
 * One case of a file. Immutable as long as nobody changes its fields.
 *
 * @param place what to call it if it has no name
 * @param toleranceDefault its tolerance if it has none
 */
record Case(String place, ObjectNode fields, BigDecimal toleranceDefault) {

  /** Evaluates it and compares. Whatever is wrong with it is a row, too. */
  CaseRow evaluate() {
    String name = fields.path("name").isTextual() ? fields.path("name").asText() : place;
    String kind = fields.path("kind").isTextual() ? fields.path("kind").asText() : "-";
    try {
      CaseFields read = new CaseFields(name, fields, toleranceDefault);
      read.requireKnownFields();
      Expectation expected = Expectation.of(read);
      return expected.compare(name, kind, CaseKind.of(read).evaluate(read));
    } catch (CaseException e) {
      return CaseRow.bad(name, kind, String.valueOf(e.getMessage()));
    } catch (GridConfigException e) {
      return CaseRow.bad(name, kind, "Case '" + name + "': " + e.getMessage());
    }
  }
}
