package io.shardgrid.rule;

/** Walks the segments of a module, and the constant expressions that say where they go. */
final class Segments {

  private static final int END = 0x0B;
  private static final int PASSIVE = 1;
  private static final int NAMES_TABLE = 2;
  private static final int EXPRESSIONS = 4;

  private Segments() {}

  static void data(ModuleReader in) {
    int count = in.readCount("data segments", ModuleScan.SEGMENTS_MAX);
    for (int i = 0; i < count; i++) {
      long mode = in.readUnsigned();
      if (mode > 2) {
        throw in.malformed("a data segment has the unknown mode " + mode);
      }
      if (mode == 2) {
        in.readUnsigned();
      }
      if (mode != PASSIVE) {
        expression(in);
      }
      in.readPart("a data segment");
    }
  }

  static void elements(ModuleReader in) {
    int count = in.readCount("element segments", ModuleScan.SEGMENTS_MAX);
    for (int i = 0; i < count; i++) {
      long mode = in.readUnsigned();
      if (mode > 7) {
        throw in.malformed("an element segment has the unknown mode " + mode);
      }
      boolean isActive = (mode & PASSIVE) == 0;
      if (isActive && (mode & NAMES_TABLE) != 0) {
        in.readUnsigned();
      }
      if (isActive) {
        expression(in);
      }
      boolean hasExpressions = (mode & EXPRESSIONS) != 0;
      if ((mode & 3) != 0) {
        elementKind(in, hasExpressions);
      }
      int elements = in.readCount("elements");
      for (int element = 0; element < elements; element++) {
        if (hasExpressions) {
          expression(in);
        } else {
          in.readUnsigned();
        }
      }
    }
  }

  private static void elementKind(ModuleReader in, boolean isType) {
    if (isType) {
      in.readReferenceType();
    } else if (in.readByte() != 0) {
      throw in.malformed("an element segment has an unknown kind");
    }
  }

  /** A constant expression, up to and with its end. */
  static void expression(ModuleReader in) {
    while (true) {
      int instruction = in.readByte();
      switch (instruction) {
        case END -> {
          return;
        }
        case 0x41, 0x42 -> in.skipNumber(); // i32.const, i64.const
        case 0x43 -> in.skip(4); // f32.const
        case 0x44 -> in.skip(8); // f64.const
        case 0x23, 0xD2 -> in.readUnsigned(); // global.get, ref.func
        case 0xD0 -> in.readReferenceType(); // ref.null
        default ->
            throw in.malformed(
                "an instruction is not allowed in a constant: 0x"
                    + Integer.toHexString(instruction));
      }
    }
  }
}
