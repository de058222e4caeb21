package io.shardgrid.placement;

import io.shardgrid.key.Charter;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.RegisterMessage.Accept;
import io.shardgrid.placement.RegisterMessage.Accepted;
import io.shardgrid.placement.RegisterMessage.Promise;
import io.shardgrid.placement.RegisterMessage.Refused;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The only one that changes the placement, as far as it can know: takes a term that every member
 * promises, plans, and has each change accepted by a majority before anybody hears of it.
 *
 * <p>Not thread-safe; one instance is one incarnation. Every input may come twice, late or never:
 * what does not fit the term or the phase is ignored. Nothing is judged by the clock but when to
 * say something again and when to plan, so a pause of the process does no harm.
 */
public final class Authority {
  /*
   * Safety. A change is committed when a majority of all members not removed accepted it. A new
   * authority has the promise of every member not removed, so it meets each such majority, takes
   * the highest epoch of each shard and writes it again. An older authority is refused from then
   * on, and ends. The table is written again in full whenever the members change: after a removal,
   * because a majority of the old members may be a minority of acceptors that are still there;
   * after a join, because a majority of the few may be a minority of the many.
   *
   * A node that is not among the members counts as removed. That is right because a node is given
   * shards only once it is up, which it is only after every member has heard of it.
   *
   * One write is in flight at a time. What comes up meanwhile waits on the agenda; what the
   * members demand is worked out when the next write is made.
   */

  private final long number;
  private final @Nullable Charter wanted;
  private final PlacementSettings settings;
  private final AuthorityEffects effects;
  private final Roster members = new Roster();
  private final Candidacy candidacy = new Candidacy();
  private final PlacementTable committed = new PlacementTable();
  private final Agenda agenda = new Agenda();
  private final Outbox outbox;
  private final Government government;
  private final Steering steering;
  private final Memos memos;
  private AuthorityPhase phase = AuthorityPhase.PREPARING;
  private @Nullable Charter charter;
  private @Nullable Round round;
  private int rounds;
  private int changes;
  private boolean isTicked;
  private long repeatedNanos;
  private long busyNanos;

  /**
   * @param number drawn at random for this incarnation: tells apart two that choose one term
   * @param wanted the charter, if this authority may found a cluster; null if it may not: then it
   *     waits for one that may, and never answers a lost table with an empty one
   */
  public Authority(
      long number, @Nullable Charter wanted, PlacementSettings settings, AuthorityEffects effects) {
    this.number = number;
    this.wanted = wanted;
    this.settings = settings;
    this.effects = effects;
    this.outbox = new Outbox(number, effects);
    this.government = new Government(settings, effects, members, committed, agenda);
    this.steering = government.steering(this::nextEpoch);
    this.memos = new Memos(agenda, effects, this::nextEpoch, this::goOn);
  }

  /**
   * Begins with these members: all that are not removed, the own node among them.
   *
   * @throws IllegalArgumentException if there are none: an unknown cluster is not an empty one
   */
  public void start(Collection<MemberView> membership) {
    if (membership.isEmpty()) {
      throw new IllegalArgumentException("an authority needs members: members=0");
    }
    members.replace(membership);
    tell(members.ids());
  }

  /** These are all members not removed, from now on. */
  public void membersChanged(Collection<MemberView> membership) {
    if (phase == AuthorityPhase.ENDED) {
      return;
    }
    Set<NodeId> before = Set.copyOf(members.ids());
    if (members.replace(membership)) {
      outbox.retain(members.ids());
      agenda.putTable();
      welcome(members.ids().stream().filter(node -> !before.contains(node)).toList());
    }
    goOn();
  }

  /** A member was removed. */
  public void removed(NodeId node) {
    membersChanged(members.without(node));
  }

  /** A register promised the term. */
  public void promised(NodeId from, Promise promise) {
    if (phase == AuthorityPhase.PREPARING && isMine(promise)) {
      candidacy.promised(from, promise);
      goOn();
    }
  }

  /** A register accepted a write. */
  public void accepted(NodeId from, Accepted accepted) {
    if (round != null && isMine(accepted) && accepted.round() == round.request().round()) {
      round.acceptedBy(from);
      goOn();
    }
  }

  /**
   * A register has promised another authority. That is the end, except while preparing: then it is
   * a reason for a higher term, the first time at once, later with the next repetition, so that two
   * that start together do not chase each other.
   */
  public void refused(NodeId from, Refused refused) {
    if (phase == AuthorityPhase.ENDED || !isMine(refused)) {
      return;
    }
    if (phase != AuthorityPhase.PREPARING) {
      end(
          "a newer authority exists: term=%d, promised=%d, node=%s"
              .formatted(term(), refused.promisedTerm(), from));
      return;
    }
    candidacy.refused(refused.promisedTerm());
    if (candidacy.attempts() == 1) {
      candidacy.raiseTerm();
      tell(members.ids());
    }
  }

  /** A member has taken in a {@link Placed} of this term with this highest epoch. */
  public void placedAcknowledged(NodeId from, int placedTerm, long epoch) {
    if (placedTerm == term() && members.has(from)) {
      outbox.acknowledged(from, epoch);
    }
  }

  /** Primaries ask for changes of their in-sync sets. */
  public void requested(List<InSyncRequest> requests) {
    if (phase == AuthorityPhase.GOVERNING) {
      requests.forEach(government::requested);
      goOn();
    }
  }

  /**
   * An operator lets a lost shard begin anew on {@code heir}, with the stale copy there or empty.
   * Whether it will: only once it has been lost for {@code isolation}, as its last replicas may
   * live and answer for a part of that.
   */
  public boolean acceptLoss(int shard, NodeId heir, Duration isolation, long nowNanos) {
    return phase == AuthorityPhase.GOVERNING
        && government.acceptLoss(shard, heir, isolation, nowNanos);
  }

  /** A member says that another one does not answer. */
  public void suspected(NodeId from, NodeId suspect, long nowNanos) {
    if (phase == AuthorityPhase.GOVERNING) {
      government.suspected(from, suspect, nowNanos);
    }
  }

  /** A member reports on the seats in which it acts. */
  public void reported(NodeReport report, long nowNanos) {
    if (phase == AuthorityPhase.GOVERNING) {
      government.reported(report, nowNanos);
    }
  }

  /** Time has passed: repeats what is unanswered, and plans when the members have settled. */
  public void tick(long nowNanos) {
    if (phase == AuthorityPhase.ENDED) {
      return;
    }
    if (!isTicked) {
      // The clock may begin anywhere, below zero too.
      isTicked = true;
      busyNanos = nowNanos;
      repeatedNanos = nowNanos - settings.repeat().toNanos();
    }
    if (nowNanos - repeatedNanos >= settings.repeat().toNanos()) {
      repeatedNanos = nowNanos;
      repeat();
    }
    if (phase == AuthorityPhase.GOVERNING) {
      government.tick(Objects.requireNonNull(charter), nowNanos);
      goOn();
    }
    confirm(nowNanos);
  }

  /** How moves are watched and steered; null before this authority governs and after its end. */
  public @Nullable Steering steering() {
    return phase == AuthorityPhase.GOVERNING ? steering : null;
  }

  /** What is kept for others; null before this authority governs and after its end. */
  public @Nullable Memos memos() {
    return phase == AuthorityPhase.GOVERNING ? memos : null;
  }

  /** Whether there is a member that may get shards. */
  public boolean hasTaker() {
    return !members.eligible().isEmpty();
  }

  /** How far this authority has come. */
  public AuthorityPhase phase() {
    return phase;
  }

  /** The term it asks for or has. */
  public int term() {
    return candidacy.term();
  }

  /** What was committed under this term, a view that cannot be changed. */
  public Collection<PlacementEntry> placement() {
    return committed.entries();
  }

  Set<NodeId> members() {
    return members.ids();
  }

  /** Whether nothing is in flight or waiting to be written. */
  public boolean isIdle() {
    return round == null && agenda.isEmpty();
  }

  /** The one way forward: does whatever the phase and the members allow now. */
  private void goOn() {
    if (phase == AuthorityPhase.PREPARING
        && members.isSure()
        && candidacy.hasPromiseOfAll(members.ids())) {
      adopt();
    }
    if (round != null && round.hasMajorityOf(members.ids())) {
      commit(round.request());
    }
    if (phase == AuthorityPhase.FOUNDING && round == null && members.isSure()) {
      found();
    }
    if (phase == AuthorityPhase.GOVERNING && round == null) {
      writeWhatIsDue();
    }
  }

  private void adopt() {
    List<PlacementEntry> entries = candidacy.newestEntries();
    charter = candidacy.charter();
    if (entries.isEmpty() || charter == null) {
      move(AuthorityPhase.FOUNDING);
      return;
    }
    move(AuthorityPhase.REWRITING);
    agenda.tableWritten();
    write(charter, entries, candidacy.latestMemo());
  }

  private void found() {
    if (wanted == null || members.up() < settings.expect() || !hasTaker()) {
      return;
    }
    agenda.tableWritten();
    charter = wanted;
    write(wanted, government.founding(wanted, this::nextEpoch), Memo.NONE);
  }

  private void commit(Accept request) {
    round = null;
    List<PlacementEntry> news = committed.merge(request.entries());
    if (phase != AuthorityPhase.GOVERNING) {
      move(AuthorityPhase.GOVERNING);
    }
    if (!news.isEmpty()) {
      effects.committed(news);
      outbox.placed(members.ids(), term(), charter, committed);
    }
    memos.committed(request.memo());
  }

  /** Makes the next write of everything that came up; does nothing if there is nothing. */
  private void writeWhatIsDue() {
    Memo dueMemo = agenda.takeMemo(memos.last());
    List<PlacementEntry> due = agenda.take(committed, members.ids(), this::nextEpoch);
    if (!due.isEmpty() || !dueMemo.equals(Memo.NONE)) {
      write(Objects.requireNonNull(charter), due, dueMemo);
    }
  }

  private void write(Charter under, List<PlacementEntry> entries, Memo withMemo) {
    rounds++;
    round = new Round(new Accept(term(), number, rounds, under, entries, withMemo));
    outbox.accept(members.ids(), round);
  }

  /**
   * Having nothing to write, writes nothing; while it waits for members to found with, asks for the
   * promises that it has: whoever was replaced meanwhile learns it.
   */
  private void confirm(long nowNanos) {
    boolean isWaiting = phase == AuthorityPhase.FOUNDING && round == null;
    boolean isCalm = isWaiting || (phase == AuthorityPhase.GOVERNING && isIdle());
    boolean isDue = nowNanos - busyNanos >= settings.confirm().toNanos();
    if (!isCalm || isDue) {
      busyNanos = nowNanos;
    }
    if (isDue && isWaiting) {
      outbox.prepareAgain(members.ids(), candidacy);
    } else if (isDue && isCalm) {
      write(Objects.requireNonNull(charter), List.of(), Memo.NONE);
    }
  }

  private long nextEpoch() {
    changes++;
    return Epoch.of(term(), changes);
  }

  private boolean isMine(RegisterMessage.Reply reply) {
    return reply.term() == term() && reply.authority() == number;
  }

  private void repeat() {
    if (!members.isSure()) {
      members.repeated();
      goOn();
    }
    if (phase == AuthorityPhase.PREPARING && candidacy.isRefused()) {
      if (candidacy.attempts() >= settings.prepareAttempts()) {
        end(
            "other authorities were promised every term: term=%d, attempts=%d"
                .formatted(term(), candidacy.attempts()));
        return;
      }
      candidacy.raiseTerm();
    }
    tell(members.ids());
  }

  /** A newcomer promises too, by a promise or by accepting, before an older authority asks it. */
  private void welcome(List<NodeId> newcomers) {
    if (!newcomers.isEmpty() && phase == AuthorityPhase.FOUNDING && round == null) {
      move(AuthorityPhase.PREPARING);
    }
    tell(newcomers);
  }

  /** Says to these nodes everything that they have not answered. */
  private void tell(Collection<NodeId> nodes) {
    if (phase == AuthorityPhase.PREPARING) {
      outbox.prepare(nodes, candidacy);
    }
    if (round != null) {
      outbox.accept(nodes, round);
    }
    outbox.placed(nodes, term(), charter, committed);
  }

  private void end(String reason) {
    round = null;
    move(AuthorityPhase.ENDED);
    effects.end(reason);
  }

  private void move(AuthorityPhase next) {
    AuthorityPhase before = phase;
    if (!before.canBecome(next)) {
      throw new IllegalStateException(
          "phase cannot follow: phase=" + before + ", next=" + next + ", term=" + term());
    }
    phase = next;
    effects.moved(before, next);
  }
}
