package io.shardgrid.placement;

import java.util.function.LongSupplier;

/** What an authority that governs keeps for somebody else. Confined to its authority's caller. */
public final class Memos {

  private final Agenda agenda;
  private final AuthorityEffects effects;
  private final LongSupplier stamps;
  private final Runnable goOn;
  private Memo last = Memo.NONE;
  private long proposed = Memo.NONE.stamp();

  Memos(Agenda agenda, AuthorityEffects effects, LongSupplier stamps, Runnable goOn) {
    this.agenda = agenda;
    this.effects = effects;
    this.stamps = stamps;
    this.goOn = goOn;
  }

  /** The memo that was committed last. */
  public Memo last() {
    return last;
  }

  /**
   * Keeps a text in the place of the memo with this stamp. Whether that is tried: not if another
   * one is kept, or is just being written. It is kept when {@link AuthorityEffects#kept} says so.
   */
  public boolean keep(long over, String text) {
    if (last.stamp() != over || proposed > last.stamp()) {
      return false;
    }
    Memo next = new Memo(stamps.getAsLong(), text);
    proposed = next.stamp();
    agenda.putMemo(next);
    goOn.run();
    return true;
  }

  void committed(Memo memo) {
    if (memo.stamp() > last.stamp()) {
      last = memo;
      effects.kept(memo);
    }
  }
}
