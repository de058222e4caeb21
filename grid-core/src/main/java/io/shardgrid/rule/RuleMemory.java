package io.shardgrid.rule;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A rule's linear memory: limited, and put back as it was in time that grows with what was written.
 * Confined to the thread that runs the rule.
 */
final class RuleMemory implements Memory {

  /*
   * Calls must not see what earlier ones wrote, and a fresh memory for each call is expensive: that
   * of a Rust module has 17 pages, 1.1 MiB, of which a call writes a few hundred bytes of stack. So
   * writes mark blocks of 1 KiB, and reset() copies those back from the image that was taken behind
   * the instantiation; blocks beyond the image are zero.
   *
   *   bytes    |0 image ......... imageEnd| zero ............ size| grown before, zero .. capacity|
   *   touched  |0|1|0|0|0|0|0|0|1|...            one per block, and a list of those that are set
   *
   * One array, not one per page: an access is one comparison. Growing copies it, at most as many
   * times as there are pages, and the array stays for the next calls.
   */

  private static final int BLOCK_SHIFT = 10;
  private static final int BLOCK = 1 << BLOCK_SHIFT;

  /** What longer than this looks whether the call's time is up: about a microsecond's work. */
  private static final int LONG_WORK_BYTES = 16 << 10;

  private static final VarHandle SHORTS = view(short[].class);
  private static final VarHandle INTS = view(int[].class);
  private static final VarHandle LONGS = view(long[].class);

  private final int pagesMax;
  private final MemoryLimits limits;
  private byte[] bytes;
  private int size;
  private boolean[] touched;
  private int[] touchedBlocks;
  private int touchedCount;
  private byte[] image = new byte[0];
  private int imageSize;
  private DataSegment[] segments = new DataSegment[0];

  /**
   * A memory of zeroes.
   *
   * @param limits what the module declares
   * @param pagesMax how far it may grow, whatever the module declares
   */
  RuleMemory(MemoryLimits limits, int pagesMax) {
    this.limits = limits;
    this.pagesMax = Math.min(limits.maximumPages(), pagesMax);
    this.bytes = new byte[Memory.bytes(limits.initialPages())];
    this.size = bytes.length;
    this.touched = new boolean[bytes.length >>> BLOCK_SHIFT];
    this.touchedBlocks = new int[touched.length];
  }

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The content of now is what {@link #reset} goes back to.
   *
   * @param known the same image, if another instance of the module has it already
   * @return the image, for other instances; nobody changes it
   */
  byte[] takeImage(byte @Nullable [] known) {
    if (known != null) {
      image = known;
    } else {
      int end = 0;
      for (int i = 0; i < touchedCount; i++) {
        end = Math.max(end, (touchedBlocks[i] + 1) << BLOCK_SHIFT);
      }
      image = Arrays.copyOf(bytes, Math.min(end, size));
    }
    imageSize = size;
    forgetTouched();
    return image;
  }

  /** Puts back what was written since the image was taken. */
  void reset() {
    for (int i = 0; i < touchedCount; i++) {
      int from = touchedBlocks[i] << BLOCK_SHIFT;
      int kept = Math.max(0, Math.min(BLOCK, image.length - from));
      if (kept > 0) {
        System.arraycopy(image, from, bytes, from, kept);
      }
      if (kept < BLOCK) {
        Arrays.fill(bytes, from + kept, from + BLOCK, (byte) 0);
      }
    }
    forgetTouched();
    size = imageSize;
  }

  private void forgetTouched() {
    for (int i = 0; i < touchedCount; i++) {
      touched[touchedBlocks[i]] = false;
    }
    touchedCount = 0;
  }

  /** The place of an access, which is inside. */
  private int at(int address, int width) {
    if (address < 0 || address > size - width) {
      throw outside(address, width);
    }
    return address;
  }

  private int written(int address, int width) {
    int place = at(address, width);
    int first = place >>> BLOCK_SHIFT;
    if (!touched[first]) {
      touch(first);
    }
    int last = (place + width - 1) >>> BLOCK_SHIFT;
    if (last != first && !touched[last]) {
      touch(last);
    }
    return place;
  }

  private void touch(int block) {
    touched[block] = true;
    touchedBlocks[touchedCount++] = block;
  }

  private void written(int address, int length, boolean isLong) {
    at(address, length);
    if (isLong) {
      checkTime();
    }
    if (length > 0) {
      int last = (address + length - 1) >>> BLOCK_SHIFT;
      for (int block = address >>> BLOCK_SHIFT; block <= last; block++) {
        if (!touched[block]) {
          touch(block);
        }
      }
    }
  }

  private WasmRuntimeException outside(int address, int width) {
    return new WasmRuntimeException(
        "out of bounds memory access: address="
            + Integer.toUnsignedString(address)
            + ", length="
            + Integer.toUnsignedString(width)
            + ", memory="
            + size);
  }

  /** Straight code of long fills has no loop in which the engine would look. */
  private static void checkTime() {
    if (Thread.currentThread().isInterrupted()) {
      throw new ChicoryInterruptedException("interrupted");
    }
  }

  /**
   * Checks a range that a host function was handed.
   *
   * @param length unsigned: one of 2 GiB or more is outside
   */
  void requireInside(int address, int length) {
    if (length < 0) {
      throw outside(address, length);
    }
    at(address, length);
  }

  @Override
  public int pages() {
    return size / PAGE_SIZE;
  }

  @Override
  public int grow(int more) {
    int before = pages();
    if (more < 0 || more > pagesMax - before) {
      return -1;
    }
    int grown = (before + more) * PAGE_SIZE;
    if (grown > bytes.length) {
      checkTime();
      bytes = Arrays.copyOf(bytes, grown);
      touched = Arrays.copyOf(touched, grown >>> BLOCK_SHIFT);
      touchedBlocks = Arrays.copyOf(touchedBlocks, touched.length);
    }
    size = grown;
    return before;
  }

  @Override
  public int initialPages() {
    return limits.initialPages();
  }

  @Override
  public int maximumPages() {
    return pagesMax;
  }

  @Override
  public boolean shared() {
    return false;
  }

  @Override
  public void initialize(Instance instance, DataSegment[] dataSegments) {
    initialize(instance, dataSegments, 0);
  }

  @Override
  public void initialize(Instance instance, DataSegment[] dataSegments, int memoryIndex) {
    segments = dataSegments;
    for (DataSegment segment : dataSegments) {
      if (segment instanceof ActiveDataSegment active) {
        var offset = active.offsetInstructions();
        int to = (int) ConstantEvaluators.computeConstantValue(instance, offset)[0];
        byte[] data = active.data();
        if (to < 0 || to > size - data.length) {
          throw new UninstantiableException("a data segment is outside of the memory");
        }
        write(to, data, 0, data.length);
      }
    }
  }

  @Override
  public void initPassiveSegment(int segmentId, int dest, int offset, int length) {
    byte[] data = segments[segmentId].data();
    if (offset < 0 || length < 0 || offset > data.length - length) {
      throw new WasmRuntimeException("out of bounds access of a data segment");
    }
    write(dest, data, offset, length);
  }

  @Override
  public void drop(int segment) {
    segments[segment] = PassiveDataSegment.EMPTY;
  }

  @Override
  public void write(int address, byte[] data, int offset, int length) {
    requireInside(address, length);
    written(address, length, length > LONG_WORK_BYTES);
    System.arraycopy(data, offset, bytes, address, length);
  }

  @Override
  public byte read(int address) {
    return bytes[at(address, 1)];
  }

  @Override
  public byte[] readBytes(int address, int length) {
    requireInside(address, length);
    return Arrays.copyOfRange(bytes, address, address + length);
  }

  @Override
  public void writeI32(int address, int value) {
    INTS.set(bytes, written(address, 4), value);
  }

  @Override
  public int readInt(int address) {
    return (int) INTS.get(bytes, at(address, 4));
  }

  @Override
  public void writeLong(int address, long value) {
    LONGS.set(bytes, written(address, 8), value);
  }

  @Override
  public long readLong(int address) {
    return (long) LONGS.get(bytes, at(address, 8));
  }

  @Override
  public void writeShort(int address, short value) {
    SHORTS.set(bytes, written(address, 2), value);
  }

  @Override
  public short readShort(int address) {
    return (short) SHORTS.get(bytes, at(address, 2));
  }

  @Override
  public long readU16(int address) {
    return readShort(address) & 0xFFFFL;
  }

  @Override
  public void writeByte(int address, byte value) {
    bytes[written(address, 1)] = value;
  }

  @Override
  public void writeF32(int address, float value) {
    writeI32(address, Float.floatToRawIntBits(value));
  }

  @Override
  public long readF32(int address) {
    return readInt(address);
  }

  @Override
  public float readFloat(int address) {
    return Float.intBitsToFloat(readInt(address));
  }

  @Override
  public void writeF64(int address, double value) {
    writeLong(address, Double.doubleToRawLongBits(value));
  }

  @Override
  public double readDouble(int address) {
    return Double.longBitsToDouble(readLong(address));
  }

  @Override
  public long readF64(int address) {
    return readLong(address);
  }

  /** Called for a fresh memory, which is zero. */
  @Override
  public void zero() {}

  @Override
  public void fill(byte value, int from, int to) {
    int length = to - from;
    requireInside(from, length);
    written(from, length, length > LONG_WORK_BYTES);
    Arrays.fill(bytes, from, to, value);
  }

  @Override
  public void copy(int dest, int src, int length) {
    requireInside(src, length);
    requireInside(dest, length);
    written(dest, length, length > LONG_WORK_BYTES);
    System.arraycopy(bytes, src, bytes, dest, length);
  }

  @Override
  @Deprecated
  @SuppressWarnings("removal") // of the interface; only shared memories, which are refused, call it
  public Object lock(int address) {
    throw new UnsupportedOperationException("memories of rules are not shared");
  }

  @Override
  @Deprecated
  @SuppressWarnings("removal") // as above
  public int waitOn(int address, int expected, long timeout) {
    throw new UnsupportedOperationException("memories of rules are not shared");
  }

  @Override
  @Deprecated
  @SuppressWarnings("removal") // as above
  public int waitOn(int address, long expected, long timeout) {
    throw new UnsupportedOperationException("memories of rules are not shared");
  }

  @Override
  @Deprecated
  @SuppressWarnings("removal") // as above
  public int notify(int address, int maxThreads) {
    throw new UnsupportedOperationException("memories of rules are not shared");
  }
}
