package io.shardgrid.rule;

/** Ends a call in which the rule said no. Has no stack: it is no error of the rule's. */
final class RefusalSignal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RefusalSignal(String words) {
    super(words, null, false, false);
  }

  String words() {
    return String.valueOf(getMessage());
  }
}
