package io.shardgrid.wire.resp;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/** One value of a reply, of RESP2 or RESP3. Immutable, except that byte arrays are not copied. */
public sealed interface RespValue {

  /** Nothing: {@code _} of RESP3, the null bulk string and the null array of RESP2. */
  record Null() implements RespValue {}

  /** A status, such as {@code OK}. */
  record Simple(String text) implements RespValue {}

  /**
   * An error that the server answered, simple or blob.
   *
   * @param code its first word, such as {@code ERR} or {@code MOVED}
   * @param message what follows the first word; may be empty
   */
  record Failure(String code, String message) implements RespValue {}

  /** An integer of 64 bits. */
  record Int(long value) implements RespValue {}

  /** An integer of any size. */
  record BigNumber(BigInteger value) implements RespValue {}

  /** A floating point number. */
  record Real(double value) implements RespValue {}

  /** A truth value. */
  record Bool(boolean value) implements RespValue {}

  /** A string of bytes; equal to another one with equal bytes. */
  record Bulk(byte[] bytes) implements RespValue {

    @Override
    public boolean equals(Object other) {
      return other instanceof Bulk bulk && Arrays.equals(bytes, bulk.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "Bulk[bytes=" + bytes.length + "]";
    }
  }

  /**
   * A text for people, which clients are to show as it is.
   *
   * @param format three letters: {@code txt}, {@code mkd}
   */
  record Verbatim(String format, String text) implements RespValue {}

  /**
   * An aggregate of values.
   *
   * @param items the values in the server's order; those of a map are key, value, key, value
   */
  record Items(Kind kind, List<RespValue> items) implements RespValue {

    public Items {
      items = List.copyOf(items);
    }
  }

  /**
   * Stands where a string was larger than the limits allow and was skipped; the values around it
   * are whole.
   *
   * @param message names the limit and the size found
   */
  record Oversized(String message) implements RespValue {}

  /** What an aggregate is to its reader. */
  enum Kind {
    /** Values in order. */
    ARRAY,
    /** Values in no order, each once by the server's word; that is not checked. */
    SET,
    /** Keys, each followed by its value. */
    MAP,
    /** Values in order that answer no command: the first one names what they are about. */
    PUSH
  }
}
