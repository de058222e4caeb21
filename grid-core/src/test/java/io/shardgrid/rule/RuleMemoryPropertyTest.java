package io.shardgrid.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A memory that is put back is as one that nobody wrote to. */
final class RuleMemoryPropertyTest {

  private static final int PAGES = 2;
  private static final int PAGES_MAX = 4;
  private static final int PAGE = 65_536;

  /** A write of some kind. */
  record Write(int kind, int at, int length) {

    void apply(RuleMemory memory) {
      switch (kind) {
        case 0 -> memory.writeByte(at, (byte) -1);
        case 1 -> memory.writeShort(at, (short) -1);
        case 2 -> memory.writeI32(at, -1);
        case 3 -> memory.writeLong(at, -1);
        case 4 -> memory.writeF64(at, Math.PI);
        case 5 -> memory.fill((byte) 7, at, at + length);
        case 6 -> memory.copy(at, PAGE, length);
        case 7 -> memory.write(at, new byte[] {1, 2, 3}, 1, 2);
        default -> memory.grow(1);
      }
    }
  }

  @Provide
  Arbitrary<List<Write>> writes() {
    Arbitrary<Integer> anywhere = Arbitraries.integers().between(0, PAGES_MAX * PAGE);
    Arbitrary<Integer> edges =
        Arbitraries.integers()
            .between(0, PAGES_MAX * 64)
            .flatMap(block -> Arbitraries.integers().between(-8, 8).map(by -> block * 1024 + by));
    return Combinators.combine(
            Arbitraries.integers().between(0, 8),
            Arbitraries.oneOf(anywhere, edges),
            Arbitraries.integers().between(0, 20_000))
        .as(Write::new)
        .list()
        .ofMaxSize(30);
  }

  private static RuleMemory memory() {
    var memory = new RuleMemory(new MemoryLimits(PAGES), PAGES_MAX);
    byte[] content = new byte[3000];
    new Random(1).nextBytes(content);
    memory.write(PAGE - 1500, content);
    memory.takeImage(null);
    return memory;
  }

  @Property(tries = 300)
  void isPutBackAsItWas(@ForAll("writes") List<Write> first, @ForAll("writes") List<Write> then) {
    RuleMemory memory = memory();
    RuleMemory fresh = memory();
    apply(first, memory);
    memory.reset();
    assertThat(memory.pages()).isEqualTo(PAGES);
    assertThat(memory.readBytes(0, PAGES * PAGE)).isEqualTo(fresh.readBytes(0, PAGES * PAGE));
    // And goes on as a fresh one does, beyond its first end as well.
    apply(then, memory);
    apply(then, fresh);
    assertThat(memory.pages()).isEqualTo(fresh.pages());
    int bytes = fresh.pages() * PAGE;
    assertThat(memory.readBytes(0, bytes)).isEqualTo(fresh.readBytes(0, bytes));
  }

  private static void apply(List<Write> writes, RuleMemory memory) {
    for (Write write : writes) {
      try {
        write.apply(memory);
      } catch (WasmRuntimeException e) {
        assertThat(e).hasMessageContaining("out of bounds");
      }
    }
  }

  @Example
  void endsWhereItEnds() {
    RuleMemory memory = memory();
    int end = PAGES * PAGE;
    memory.writeLong(end - 8, 1);
    memory.fill((byte) 1, end, end);
    memory.grow(1);
    memory.reset();
    for (int at : new int[] {end - 7, end, end + 1, -1, -8, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> memory.writeLong(at, 1)).isInstanceOf(WasmRuntimeException.class);
      assertThatThrownBy(() -> memory.readLong(at)).isInstanceOf(WasmRuntimeException.class);
    }
    assertThatThrownBy(() -> memory.read(end)).isInstanceOf(WasmRuntimeException.class);
    assertThatThrownBy(() -> memory.requireInside(0, -1)).isInstanceOf(WasmRuntimeException.class);
  }
}
