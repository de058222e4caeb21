package io.shardgrid.node.autoscale;

/** A case cannot be evaluated: names the case, the field, what is wanted and what was found. */
final class CaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CaseException(String caseName, String message) {
    super("Case '" + caseName + "': " + message);
  }
}
