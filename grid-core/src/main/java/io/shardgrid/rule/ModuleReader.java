package io.shardgrid.rule;

import io.shardgrid.failure.InvalidRuleException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads a module's bytes within bounds: nothing is allocated that the bytes do not have. */
final class ModuleReader {

  private final byte[] bytes;
  private final int end;
  private int at;

  ModuleReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  int at() {
    return at;
  }

  boolean hasMore() {
    return at < end;
  }

  int left() {
    return end - at;
  }

  int readByte() {
    if (at >= end) {
      throw malformed("it ends too early");
    }
    return bytes[at++] & 0xFF;
  }

  /** An unsigned number of 32 bits, in LEB128. */
  long readUnsigned() {
    long number = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int part = readByte();
      number |= (long) (part & 0x7F) << shift;
      if (part < 0x80) {
        if (number > 0xFFFF_FFFFL) {
          throw malformed("a number has more than 32 bits");
        }
        return number;
      }
    }
    throw malformed("a number has more than 5 bytes");
  }

  /** A number of things that take at least a byte each, so no more than there are bytes. */
  int readCount(String things) {
    long count = readUnsigned();
    if (count > left()) {
      throw malformed("it announces " + count + " " + things + ", and has fewer bytes");
    }
    return (int) count;
  }

  /** As many things, and no more than allowed. */
  int readCount(String things, long max) {
    int count = readCount(things);
    if (count > max) {
      throw new InvalidRuleException(
          "A rule's module is beyond a limit: " + things + "=" + count + ", max=" + max);
    }
    return count;
  }

  /** A section, a body: so many bytes from here. */
  ModuleReader readPart(String what) {
    int length = readCount("bytes of " + what);
    var part = new ModuleReader(bytes, at, at + length);
    at += length;
    return part;
  }

  void skip(int count) {
    if (count > left()) {
      throw malformed("it ends too early");
    }
    at += count;
  }

  /** A number in LEB128 of any width, unread. */
  void skipNumber() {
    for (int i = 0; i < 10; i++) {
      if (readByte() < 0x80) {
        return;
      }
    }
    throw malformed("a number has more than 10 bytes");
  }

  String readName() {
    int length = readCount("bytes of a name");
    try {
      String name =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length)).toString();
      at += length;
      return name;
    } catch (CharacterCodingException e) {
      throw malformed("a name is no UTF-8", e);
    }
  }

  RuleType readType() {
    int code = readByte();
    for (RuleType type : RuleType.values()) {
      if (type.code() == code) {
        return type;
      }
    }
    throw malformed("a type is unknown, or not allowed in rules: 0x" + Integer.toHexString(code));
  }

  RuleType readReferenceType() {
    RuleType type = readType();
    if (!type.isReference()) {
      throw malformed("a type is no reference: " + type);
    }
    return type;
  }

  void requireEnd(String what) {
    if (hasMore()) {
      throw malformed(what + " has bytes behind its end");
    }
  }

  InvalidRuleException malformed(String what) {
    return new InvalidRuleException("A rule's module is malformed: " + what + ", offset=" + at);
  }

  private InvalidRuleException malformed(String what, Throwable cause) {
    return new InvalidRuleException(
        "A rule's module is malformed: " + what + ", offset=" + at, cause);
  }
}
