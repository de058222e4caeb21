package io.shardgrid.rule;

/** Types of WebAssembly that functions of rules are made of. */
enum RuleType {
  /** 32 bits. */
  I32(0x7F, true),
  /** 64 bits. */
  I64(0x7E, true),
  /** Floating point, 32 bits. */
  F32(0x7D, false),
  /** Floating point, 64 bits. */
  F64(0x7C, false),
  /** A reference to a function. */
  FUNCREF(0x70, false),
  /** A reference to something of the host: always null. */
  EXTERNREF(0x6F, false);

  private final int code;
  private final boolean isInteger;

  RuleType(int code, boolean isInteger) {
    this.code = code;
    this.isInteger = isInteger;
  }

  /** Its byte in a module. */
  int code() {
    return code;
  }

  boolean isInteger() {
    return isInteger;
  }

  boolean isReference() {
    return this == FUNCREF || this == EXTERNREF;
  }
}
