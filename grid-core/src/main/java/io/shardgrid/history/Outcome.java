package io.shardgrid.history;

/** What a client learnt of its operation in the end. Immutable if the output is. */
public sealed interface Outcome<O> {

  /** It was carried out, with this result. */
  record Answered<O>(O output) implements Outcome<O> {
    @Override
    public String toString() {
      return output.toString();
    }
  }

  /** It was not carried out and never will be. */
  record NothingDone<O>() implements Outcome<O> {
    @Override
    public String toString() {
      return "nothing done";
    }
  }

  /** It may take effect once, at any time after its invocation, or never. */
  record Unknown<O>() implements Outcome<O> {
    @Override
    public String toString() {
      return "unknown";
    }
  }
}
