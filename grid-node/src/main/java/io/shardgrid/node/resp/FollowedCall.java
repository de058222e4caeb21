package io.shardgrid.node.resp;

import io.shardgrid.trace.SpanKind;
import io.shardgrid.trace.SpanNames;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.trace.TraceSpan;
import io.shardgrid.trace.Tracing;
import io.shardgrid.wire.Answer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A command that is followed: the span of the node that its client talks to. */
final class FollowedCall extends Call {

  private final TraceSpan span;

  private FollowedCall(Connection connection, CommandSpec command, byte[][] args, TraceSpan span) {
    super(connection, command, args);
    this.span = span;
  }

  /**
   * Decides whether a command is followed.
   *
   * @param told what {@code GRID.TRACE} said before it; null if that was not given
   * @return null if it is not
   */
  static @Nullable Call open(
      Connection connection,
      CommandSpec command,
      byte[][] args,
      @Nullable TraceContext told,
      Tracing tracing) {
    // Of those that nobody asked to have followed, only what goes to shards is worth a trace; the
    // native protocol's operations have one of their own.
    if (told == null ? !command.isOfEntries() : command.isNative()) {
      return null;
    }
    String name = command.name().toUpperCase(Locale.ROOT);
    TraceSpan span = tracing.enter(SpanKind.SERVER, told, name, "");
    if (span == null) {
      return null;
    }
    span.put(SpanNames.SYSTEM, SpanNames.SHARDGRID).put(SpanNames.OPERATION, name);
    return new FollowedCall(connection, command, args, span);
  }

  @Override
  String map() {
    String map = super.map();
    span.put(SpanNames.MAP, map);
    return map;
  }

  @Override
  public TraceContext asker() {
    return span.context();
  }

  @Override
  public void resolved(Answer found) {
    if (found instanceof Answer.Failed failed) {
      span.fail(failed.code().name().toLowerCase(Locale.ROOT));
    }
    super.resolved(found);
  }

  @Override
  void error(String text) {
    int end = text.indexOf(' ');
    span.fail(end < 0 ? text : text.substring(0, end));
    super.error(text);
  }

  @Override
  void end() {
    span.end();
    super.end();
  }
}
