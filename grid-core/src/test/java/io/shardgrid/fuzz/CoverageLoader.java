package io.shardgrid.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Loads the project's classes once more, with a call of {@link Coverage#hit} at the beginning of
 * each block, and remembers the constants that they compare with.
 *
 * <p>No agent and no flags: it works wherever a class loader does.
 */
final class CoverageLoader extends ClassLoader {

  private static final String ROOT = "io.shardgrid.";
  private static final String ENGINE = "io.shardgrid.fuzz.";
  private static final String COVERAGE = "io/shardgrid/fuzz/Coverage";
  private static final int API = Opcodes.ASM9;
  private static final int WORD_CHARS_MAX = 64;

  private final Set<String> words = new LinkedHashSet<>();
  private final Set<Integer> numbers = new LinkedHashSet<>();
  private final String dictionaryOf;

  /**
   * A loader.
   *
   * @param dictionaryOf the package, with those below it, whose constants are remembered
   */
  CoverageLoader(ClassLoader parent, String dictionaryOf) {
    super(parent);
    this.dictionaryOf = dictionaryOf;
  }

  /** Texts in the classes loaded so far, in the order in which they were met. */
  Set<String> words() {
    return words;
  }

  /** Numbers in them. */
  Set<Integer> numbers() {
    return numbers;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(ROOT) || isEngine(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private static boolean isEngine(String name) {
    return name.startsWith(ENGINE) && name.indexOf('.', ENGINE.length()) < 0;
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String resource = name.replace('.', '/') + ".class";
    try (InputStream in = getParent().getResourceAsStream(resource)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = counted(in.readAllBytes(), name);
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private byte[] counted(byte[] bytes, String name) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(new Blocks(writer, name), 0);
    return writer.toByteArray();
  }

  /** Puts the calls into the methods of a class. */
  private final class Blocks extends ClassVisitor {

    private final boolean isInDictionary;

    // The same numbers in each run, whatever is loaded before.
    private int block;

    Blocks(ClassWriter out, String name) {
      super(API, out);
      isInDictionary = name.startsWith(dictionaryOf);
      block = name.hashCode() * 31;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      return new Method(
          this, super.visitMethod(access, name, descriptor, signature, exceptions), isInDictionary);
    }

    private int next() {
      block = block * 0x9E3779B1 + 0x7F4A7C15;
      return block >>> 8;
    }
  }

  /**
   * Counts at the beginning of a method, behind each branch, and where others branch to: since Java
   * 6 a frame stands wherever that is.
   */
  private final class Method extends MethodVisitor {

    private final Blocks blocks;
    private final boolean isInDictionary;
    private boolean isAtBlock = true;

    Method(Blocks blocks, MethodVisitor out, boolean isInDictionary) {
      super(API, out);
      this.blocks = blocks;
      this.isInDictionary = isInDictionary;
    }

    private void beforeInstruction() {
      if (isAtBlock) {
        isAtBlock = false;
        super.visitLdcInsn(blocks.next());
        super.visitMethodInsn(Opcodes.INVOKESTATIC, COVERAGE, "hit", "(I)V", false);
      }
    }

    private void number(int value) {
      if (isInDictionary) {
        numbers.add(value);
      }
    }

    @Override
    public void visitFrame(int type, int locals, Object[] local, int stack, Object[] onStack) {
      super.visitFrame(type, locals, local, stack, onStack);
      isAtBlock = true;
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
      super.visitMaxs(maxStack + 1, maxLocals);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      beforeInstruction();
      super.visitJumpInsn(opcode, label);
      isAtBlock = true;
    }

    @Override
    public void visitInsn(int opcode) {
      beforeInstruction();
      super.visitInsn(opcode);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
      beforeInstruction();
      number(operand);
      super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
      beforeInstruction();
      super.visitVarInsn(opcode, variable);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      if (opcode != Opcodes.NEW) {
        // Frames name objects without a constructor yet by where their NEW stands.
        beforeInstruction();
      }
      super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      beforeInstruction();
      super.visitFieldInsn(opcode, owner, name, descriptor);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      beforeInstruction();
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle method, Object... arguments) {
      beforeInstruction();
      super.visitInvokeDynamicInsn(name, descriptor, method, arguments);
    }

    @Override
    public void visitLdcInsn(Object value) {
      beforeInstruction();
      if (isInDictionary && value instanceof String text && isWord(text)) {
        words.add(text);
      } else if (value instanceof Integer integer) {
        number(integer);
      }
      super.visitLdcInsn(value);
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
      beforeInstruction();
      super.visitIincInsn(variable, increment);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
      beforeInstruction();
      number(min);
      number(max);
      super.visitTableSwitchInsn(min, max, otherwise, labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
      beforeInstruction();
      for (int key : keys) {
        number(key);
      }
      super.visitLookupSwitchInsn(otherwise, keys, labels);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
      beforeInstruction();
      super.visitMultiANewArrayInsn(descriptor, dimensions);
    }
  }

  private static boolean isWord(String text) {
    return !text.isEmpty()
        && text.length() <= WORD_CHARS_MAX
        && StandardCharsets.US_ASCII.newEncoder().canEncode(text);
  }
}
