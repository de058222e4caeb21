package io.shardgrid.node.autoscale;

/**
 * What came of a case. Immutable.
 *
 * @param expected what should have come out
 * @param actual what came out, or what is wrong with the case
 */
record CaseRow(String name, String kind, String expected, String actual, Result result) {

  /** Whether it is as expected. */
  enum Result {
    /** It is. */
    OK("ok"),
    /** It is not. */
    DIFFERS("DIFFERS"),
    /** The case cannot be evaluated. */
    BAD("BAD CASE");

    private final String text;

    Result(String text) {
      this.text = text;
    }

    /** For people. */
    String text() {
      return text;
    }
  }

  /** A case that cannot be evaluated. */
  static CaseRow bad(String name, String kind, String why) {
    return new CaseRow(name, kind, "-", why, Result.BAD);
  }
}
