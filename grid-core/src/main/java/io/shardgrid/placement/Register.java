package io.shardgrid.placement;

import io.shardgrid.key.Charter;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.RegisterMessage.Accept;
import io.shardgrid.placement.RegisterMessage.Accepted;
import io.shardgrid.placement.RegisterMessage.Prepare;
import io.shardgrid.placement.RegisterMessage.Promise;
import io.shardgrid.placement.RegisterMessage.Refused;
import io.shardgrid.placement.RegisterMessage.Reply;
import io.shardgrid.placement.RegisterMessage.Request;
import org.jspecify.annotations.Nullable;

/**
 * One member's replica of the register that keeps the placement. What it holds was proposed, not
 * necessarily committed: only an authority may read it, and nobody acts on it.
 *
 * <p>Not thread-safe; lives as long as its member and keeps nothing beyond it.
 */
public final class Register {
  /*
   * A ballot is (term, authority). A request is granted if its term is above the promised one, or
   * if it is the promised ballot again: a lost answer can be asked for again, while two authorities
   * that chose the same term exclude each other. A granted Accept is a promise too.
   *
   * An entry is replaced only by one with a higher epoch, and the memo by a later one, so an Accept may carry old entries (the
   * whole table is written again at each change of the members) and cannot undo anything.
   */

  private int promisedTerm;
  private long promisedAuthority;
  private @Nullable Charter charter;
  private final PlacementTable table = new PlacementTable();
  private Memo memo = Memo.NONE;

  /** Answers a request. */
  public Reply receive(Request request) {
    if (!isGranted(request)) {
      return new Refused(request.term(), request.authority(), promisedTerm);
    }
    promisedTerm = request.term();
    promisedAuthority = request.authority();
    return request instanceof Accept accept ? accept(accept) : promise((Prepare) request);
  }

  /** The highest term promised, 0 before the first. */
  public int promisedTerm() {
    return promisedTerm;
  }

  /** What is kept of a shard, committed or not; null if nothing is. */
  @Nullable PlacementEntry entry(int shard) {
    return table.entry(shard);
  }

  /** The last memo that it was asked to keep, committed or not. */
  Memo memo() {
    return memo;
  }

  private boolean isGranted(Request request) {
    return request.term() > promisedTerm
        || (request.term() == promisedTerm && request.authority() == promisedAuthority);
  }

  private Promise promise(Prepare prepare) {
    return new Promise(prepare.term(), prepare.authority(), charter, table.snapshot(), memo);
  }

  private Accepted accept(Accept accept) {
    charter = accept.charter();
    table.merge(accept.entries());
    memo = memo.orLater(accept.memo());
    return new Accepted(accept.term(), accept.authority(), accept.round());
  }
}
