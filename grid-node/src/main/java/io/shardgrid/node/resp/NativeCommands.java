package io.shardgrid.node.resp;

import io.shardgrid.wire.WireFormat;
import io.shardgrid.wire.resp.RespVersion;
import io.shardgrid.wire.resp.RespWriter;

/** The commands of the native protocol, by which remote clients send operations of their own. */
final class NativeCommands {

  private NativeCommands() {}

  /** {@code GRID.HELLO client version}: opens the native side; the reply is the topology. */
  static void hello(Call call) {
    if (call.session().version() != RespVersion.RESP3) {
      throw new CommandRefusal("ERR GRID.HELLO needs RESP3: say HELLO 3 first");
    }
    String refusal = call.grid().refusesNative();
    if (!refusal.isEmpty()) {
      throw new CommandRefusal("ERR " + refusal);
    }
    if (call.session().nativeSession() != null) {
      throw new CommandRefusal("ERR GRID.HELLO was already said on this connection");
    }
    long version = call.integer(1);
    if (version != WireFormat.VERSION) {
      throw new CommandRefusal(
          "ERR wire versions differ: versionOfServer="
              + WireFormat.VERSION
              + ", versionOfClient="
              + version);
    }
    call.connection().server().counters().nativeOpened.increment();
    call.session().open(new NativeSession(call.connection(), call.grid(), call.integer(0)));
    placement(call);
  }

  /** {@code GRID.PLACEMENT}: the topology. */
  static void placement(Call call) {
    byte[] bytes = NativeSession.topology(call.grid()).toBytes();
    call.reply((out, version) -> RespWriter.bulk(out, bytes));
  }

  /** {@code GRID.OP batch}: has no reply; answers come as pushes. */
  static void operate(Call call) {
    NativeSession session = call.session().nativeSession();
    if (session == null) {
      throw new CommandRefusal("ERR GRID.OP needs GRID.HELLO first");
    }
    session.operate(call.arg(0));
    call.replyNothing();
  }
}
