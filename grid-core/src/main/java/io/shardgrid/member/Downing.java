package io.shardgrid.member;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import io.shardgrid.member.Verdict.Reason;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides, on one node, which members the cluster does without: by votes, so that one member's
 * wrong impression takes nobody out. Every member says whom it does not hear.
 *
 * <ul>
 *   <li>Whom a majority does not hear is taken out. A majority is more than half of the voters, or
 *       half of them with the one of the lowest address: of two sides without a connection, at most
 *       one has it.
 *   <li>A node that hears no majority, itself included, takes itself out; somewhat later, so that
 *       the others have gone on before. At once if those that it hears tell it that it is no member
 *       any more.
 *   <li>Of two members that do not hear each other although others hear both, one is taken out: one
 *       that is still joining, else the one that more members do not hear, else that of the higher
 *       address.
 * </ul>
 *
 * <p>Whoever is taken out was so by a majority, each of which acts by itself at about the same
 * time: one that acted alone, and was then cut off, would take itself for a cluster.
 *
 * <p>Voters are all members but those that are still joining. A node that finds that it stood still
 * itself begins to listen anew before it judges anybody. Not thread-safe.
 */
public final class Downing {

  /** Between two calls: longer, and it was this node that stood still. */
  private static final long OWN_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  /** How long a member's word counts: several times as long as the pause between two of them. */
  private static final long WORD_NANOS = Duration.ofMillis(1500).toNanos();

  /** A member that was never heard may just be starting; it has this many times down-after. */
  private static final int FIRST_TIMES = 4;

  private final NodeId self;
  private final DowningSettings settings;
  private final TreeSet<NodeId> members = new TreeSet<>();
  private final Set<NodeId> joining = new HashSet<>();

  /** In the order of their addresses. Kept, and hashed: they are asked for each accused member. */
  private Set<NodeId> voters = Set.of();

  private final Set<NodeId> refused = new HashSet<>();
  private final Map<NodeId, Long> heardNanos = new HashMap<>();
  private final Set<NodeId> everHeard = new HashSet<>();
  private final Map<NodeId, Word> words = new HashMap<>();
  private final Set<NodeId> downed = new HashSet<>();
  private final Set<NodeId> disowners = new HashSet<>();
  private long awakeNanos;
  private boolean isNew = true;
  private @Nullable NodeId choice;

  /** What a member said, and when this node heard it. */
  private record Word(Hearing hearing, long nanos) {}

  public Downing(NodeId self, DowningSettings settings) {
    this.self = self;
    this.settings = settings;
  }

  /** The node that judges. */
  public NodeId self() {
    return self;
  }

  /** All members but this one. */
  public Set<NodeId> others() {
    Set<NodeId> others = new TreeSet<>(members);
    others.remove(self);
    return others;
  }

  /** These are the members from now on. */
  public void members(Collection<MemberView> views, long nowNanos) {
    members.clear();
    for (MemberView view : views) {
      members.add(view.id());
      if (view.standing() == Standing.JOINING) {
        joining.add(view.id());
      } else if (view.standing() != Standing.UNREACHABLE) {
        joining.remove(view.id());
      }
      heardNanos.putIfAbsent(view.id(), nowNanos);
    }
    List.of(joining, refused, disowners, heardNanos.keySet(), everHeard, words.keySet(), downed)
        .forEach(known -> known.retainAll(members));
    voters = new LinkedHashSet<>(members);
    voters.removeAll(joining);
  }

  /** A member has answered something that was sent to it then. */
  public void heard(NodeId from, long sentNanos) {
    if (members.contains(from)) {
      heardNanos.merge(from, sentNanos, (one, two) -> one - two > 0 ? one : two);
      everHeard.add(from);
    }
  }

  /** For another member, this node is none any more. */
  public void disowned(NodeId from) {
    if (members.contains(from)) {
      disowners.add(from);
    }
  }

  /**
   * The port of a member that was connected refuses connections.
   *
   * @return whether that is news
   */
  public boolean refused(NodeId node) {
    return members.contains(node) && !node.equals(self) && refused.add(node);
  }

  /** A member is connected. */
  public void connected(NodeId node) {
    refused.remove(node);
  }

  /**
   * A member is heard, and says whom it hears.
   *
   * @return whether it calls somebody dead whom it did not call so before: a reason to judge at
   *     once
   */
  public boolean told(NodeId from, Hearing hearing, long nowNanos) {
    wake(nowNanos);
    if (!members.contains(from)) {
      return false;
    }
    heard(from, nowNanos);
    Word before = words.put(from, new Word(hearing, nowNanos));
    return before == null
        ? !hearing.dead().isEmpty()
        : !before.hearing().dead().containsAll(hearing.dead());
  }

  /** What this node says to the others. */
  public Hearing hearing(long nowNanos) {
    wake(nowNanos);
    return new Hearing(dead(nowNanos), silent(settings.disconnectedAfter(), nowNanos), choice);
  }

  /**
   * Judges; to be called several times a second.
   *
   * @param isNeeded whether the grid would lose data without a member that can still be reached
   */
  public Verdict judge(long nowNanos, Predicate<NodeId> isNeeded) {
    wake(nowNanos);
    words.values().removeIf(word -> nowNanos - word.nanos() > WORD_NANOS);
    NavigableSet<NodeId> suspects = silent(settings.suspectAfter(), nowNanos);
    suspects.addAll(refused);
    TreeMap<NodeId, Reason> down = new TreeMap<>();
    for (NodeId node : outvoted(nowNanos)) {
      down.put(node, node.equals(chosen()) ? Reason.DISCONNECTED : Reason.SILENT);
    }
    choice = down.isEmpty() ? choice(nowNanos, isNeeded) : null;
    if (isIsolated(nowNanos)) {
      down.put(self, Reason.ISOLATED);
    }
    down.keySet().removeAll(downed);
    downed.addAll(down.keySet());
    return new Verdict(suspects, down);
  }

  /** Begins to listen anew if this node stood still. */
  private void wake(long nowNanos) {
    if (isNew || nowNanos - awakeNanos > OWN_PAUSE_NANOS) {
      isNew = false;
      heardNanos.replaceAll((node, before) -> nowNanos);
      words.clear();
    }
    awakeNanos = nowNanos;
  }

  private boolean isFirst(NodeId node) {
    return !voters.isEmpty() && voters.iterator().next().equals(node);
  }

  private NavigableSet<NodeId> silent(Duration limit, long nowNanos) {
    TreeSet<NodeId> silent = new TreeSet<>();
    long firstNanos = FIRST_TIMES * settings.downAfter().toNanos();
    heardNanos.forEach(
        (node, heard) -> {
          long limitNanos =
              everHeard.contains(node) ? limit.toNanos() : Math.max(limit.toNanos(), firstNanos);
          if (!node.equals(self) && nowNanos - heard >= limitNanos) {
            silent.add(node);
          }
        });
    return silent;
  }

  /**
   * Whom this node wants to go. Of two members, one that refuses connections has only the other
   * one's word against it.
   */
  private Set<NodeId> dead(long nowNanos) {
    Set<NodeId> dead = silent(settings.downAfter(), nowNanos);
    if (voters.size() > 2) {
      dead.addAll(refused);
    }
    NodeId chosen = chosen();
    if (chosen != null && !chosen.equals(self)) {
      dead.add(chosen);
    }
    return dead;
  }

  /** Whom the first voter, as the one that is to choose, wants to go. */
  private @Nullable NodeId chosen() {
    if (voters.isEmpty() || isFirst(self)) {
      return choice;
    }
    Word word = words.get(voters.iterator().next());
    return word == null ? null : word.hearing().choice();
  }

  /** Whom a majority calls dead. */
  private SortedSet<NodeId> outvoted(long nowNanos) {
    Map<NodeId, Set<NodeId>> accusers = new HashMap<>();
    dead(nowNanos)
        .forEach(node -> accusers.computeIfAbsent(node, any -> new HashSet<>()).add(self));
    words.forEach(
        (from, word) ->
            word.hearing()
                .dead()
                .forEach(node -> accusers.computeIfAbsent(node, any -> new HashSet<>()).add(from)));
    TreeSet<NodeId> outvoted = new TreeSet<>();
    accusers.forEach(
        (node, by) -> {
          if (members.contains(node) && !node.equals(self) && isMajority(by::contains)) {
            outvoted.add(node);
          }
        });
    return outvoted;
  }

  private boolean isMajority(Predicate<NodeId> isOnSide) {
    long count = voters.stream().filter(isOnSide).count();
    return 2 * count > voters.size()
        || (2 * count == voters.size() && count > 0 && isOnSide.test(voters.iterator().next()));
  }

  private boolean isIsolated(long nowNanos) {
    if (voters.isEmpty()) {
      return false;
    }
    Set<NodeId> unheard = silent(settings.isolatedAfter(), nowNanos);
    unheard.addAll(disowners);
    return !isMajority(node -> !unheard.contains(node));
  }

  /** The first voter chooses among those that do not hear each other, while a majority hears it. */
  private @Nullable NodeId choice(long nowNanos, Predicate<NodeId> isNeeded) {
    if (!isFirst(self) || !isMajority(node -> node.equals(self) || words.containsKey(node))) {
      return null;
    }
    Map<NodeId, Set<NodeId>> broken = new HashMap<>();
    words.forEach((from, word) -> collect(from, word.hearing().disconnected(), broken));
    collect(self, silent(settings.disconnectedAfter(), nowNanos), broken);
    return broken.entrySet().stream()
        .filter(entry -> !isNeeded.test(entry.getKey()))
        .max(
            Comparator.<Map.Entry<NodeId, Set<NodeId>>, Boolean>comparing(
                    entry -> joining.contains(entry.getKey()))
                .thenComparing(entry -> entry.getValue().size())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  private void collect(NodeId from, Set<NodeId> unheard, Map<NodeId, Set<NodeId>> broken) {
    for (NodeId node : unheard) {
      if (members.contains(node)) {
        broken.computeIfAbsent(from, any -> new HashSet<>()).add(node);
        broken.computeIfAbsent(node, any -> new HashSet<>()).add(from);
      }
    }
  }
}
