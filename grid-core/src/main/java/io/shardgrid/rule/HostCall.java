package io.shardgrid.rule;

import com.dylibso.chicory.runtime.TrapException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an instance's host functions work on: the call that is under way, and what the rule did in
 * it. Confined to the thread that runs the rule.
 *
 * <p>A range that is not inside of the rule's memory traps, whatever the function; so does every
 * function outside of a call, as in a start function: an instance begins the same each time.
 */
final class HostCall {

  static final int LOG_LINES_MAX = 16;
  private static final byte[] NONE = new byte[0];
  private static final int ABORT_CHARS_MAX = 256;

  private @Nullable RuleMemory memory;
  private @Nullable RuleCall call;
  private @Nullable EntryDraft draft;
  private int parameters;
  private byte @Nullable [] result;
  private @Nullable List<String> lines;
  private int linesDropped;

  /** The memory of the instance; null if its module has none. */
  void use(@Nullable RuleMemory ofInstance) {
    memory = ofInstance;
  }

  void begin(RuleCall next, int parametersOfFunction) {
    call = next;
    draft = new EntryDraft(next.value(), next.deadlineMillis());
    parameters = parametersOfFunction;
  }

  /** What became of the entry. */
  RuleEffect effect() {
    return draft().effect();
  }

  /** The answer that was told as bytes; null if none was. */
  byte @Nullable [] result() {
    return result;
  }

  /** What is to be logged, with a word about what was too much. */
  List<String> lines() {
    List<String> said = lines;
    if (said == null) {
      return List.of();
    }
    if (linesDropped > 0) {
      said.add("(" + linesDropped + " more lines of this call)");
    }
    return said;
  }

  void end() {
    call = null;
    draft = null;
    result = null;
    lines = null;
    linesDropped = 0;
  }

  private RuleCall call() {
    if (call == null) {
      throw new TrapException("a host function was called outside of a call");
    }
    return call;
  }

  private EntryDraft draft() {
    if (draft == null) {
      throw new TrapException("a host function was called outside of a call");
    }
    return draft;
  }

  private RuleMemory memory() {
    if (memory == null) {
      throw new TrapException("a pointer was handed to the host, and the module has no memory");
    }
    return memory;
  }

  long keyLength() {
    return call().key().length;
  }

  long readKey(CopyRange range) {
    return copy(call().key(), range);
  }

  long valueLength() {
    byte[] value = draft().value();
    return value == null ? -1 : value.length;
  }

  long readValue(CopyRange range) {
    byte[] value = draft().value();
    return value == null ? -1 : copy(value, range);
  }

  long version() {
    return call().version();
  }

  long deadline() {
    return draft().deadlineMillis();
  }

  long argumentCount() {
    return call().arguments().size() - (long) parameters;
  }

  long argumentLength(int index) {
    byte[] argument = argument(index);
    return argument == null ? -1 : argument.length;
  }

  long readArgument(int index, CopyRange range) {
    byte[] argument = argument(index);
    return argument == null ? -1 : copy(argument, range);
  }

  private byte @Nullable [] argument(int index) {
    List<RuleValue> arguments = call().arguments();
    if (index < 0 || index >= arguments.size() - parameters) {
      return null;
    }
    RuleValue argument = arguments.get(parameters + index);
    if (argument instanceof RuleValue.Bytes bytes) {
      return bytes.value();
    }
    return argument instanceof RuleValue.Whole number
        ? Long.toString(number.value()).getBytes(StandardCharsets.US_ASCII)
        : NONE;
  }

  private int copy(byte[] from, CopyRange range) {
    int length = range.lengthOf(from.length);
    memory().write(range.to(), from, length == 0 ? 0 : range.offset(), length);
    return length;
  }

  long set(int from, int length) {
    EntryDraft entry = draft();
    entry.set(taken(from, length, "value"));
    return 0;
  }

  long delete() {
    return draft().delete() ? 1 : 0;
  }

  long expire(long inMillis) {
    EntryDraft entry = draft();
    if (inMillis < 0) {
      throw new TrapException("expire was called with a negative time");
    }
    long nowMillis = call().nowMillis();
    long at = inMillis == 0 ? 0 : nowMillis + Math.min(inMillis, Long.MAX_VALUE - nowMillis);
    return entry.expire(at) ? 1 : 0;
  }

  long result(int from, int length) {
    call();
    result = taken(from, length, "answer");
    return 0;
  }

  private byte[] taken(int from, int length, String what) {
    memory().requireInside(from, length);
    if (length > RuleCall.VALUE_BYTES_MAX) {
      throw new TrapException(
          "the " + what + " is longer than " + RuleCall.VALUE_BYTES_MAX + " bytes: " + length);
    }
    return memory().readBytes(from, length);
  }

  long now() {
    return call().nowMillis();
  }

  long log(int from, int length) {
    call();
    memory().requireInside(from, length);
    if (lines == null) {
      lines = new ArrayList<>();
    }
    if (lines.size() < LOG_LINES_MAX) {
      lines.add(text(from, length));
    } else {
      linesDropped++;
    }
    return 0;
  }

  long fail(int from, int length) {
    call();
    memory().requireInside(from, length);
    throw new RefusalSignal(text(from, length));
  }

  private String text(int from, int length) {
    // A character has at most four bytes; what is cut off behind is cut off of the text as well.
    return RuleText.of(memory().readBytes(from, Math.min(length, 4 * RuleText.LENGTH_MAX)));
  }

  /** AssemblyScript's texts are UTF-16, with their length in bytes in the four bytes before. */
  long abort(int message, int line, int column) {
    String said = "no message";
    RuleMemory ofInstance = memory;
    if (ofInstance != null && message >= 4) {
      int length = Math.max(0, Math.min(ofInstance.readInt(message - 4), 2 * ABORT_CHARS_MAX));
      byte[] text = ofInstance.readBytes(message, length);
      said = RuleText.shortened(new String(text, StandardCharsets.UTF_16LE));
    }
    throw new TrapException("abort: " + said + ", line=" + line + ", column=" + column);
  }
}
