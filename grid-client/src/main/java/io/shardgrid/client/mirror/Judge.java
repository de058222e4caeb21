package io.shardgrid.client.mirror;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Judges comparisons: what is equal is counted, what differs is looked at again before it counts.
 * It asks nobody and reads no clock: {@link #due} says which key is to be read again, {@link
 * #looked} is told what was found there.
 *
 * <p>Thread-safe, by one lock; no method waits.
 */
final class Judge {

  /*
   * A mismatch may be a race: a write of somebody else that reached one cluster first, an entry that
   * expired between the two reads. So it is a suspicion until the key was read again: production, the
   * canary, production. It is confirmed if production's entry was the same both times, no write
   * through this mirror was under way, and the canary still differs. It is settled if they are equal
   * then; and inconclusive after some tries that say neither.
   *
   * Two kinds are not looked at again. Another class of error counts at once: no race explains it
   * (errors that depend on the value are results). Another result of a write is about what was there
   * before the write: if the entries are equal now it counts as settled, and a rate of settled
   * mismatches beyond what is allowed holds the canary.
   */
  private static final int SAMPLE_GROUPS_MAX = 96;
  private static final int DOUBLED = 2;

  private final JudgeRules rules;
  private final VerdictRules verdicts;
  private final Comparing comparator;
  private final SplittableRandom random;
  private final SelfTest selfTest;
  private final VersionHistory history;
  private final LatencyPairs reads;
  private final LatencyPairs writes;
  private final MismatchSamples samples;
  private final JudgeTally tally = new JudgeTally();
  private final Map<Inconclusive, LongAdder> notMade = new EnumMap<>(Inconclusive.class);
  private final Set<KeyRef> suspected = new HashSet<>();
  private final PriorityQueue<Suspicion> suspicions =
      new PriorityQueue<>(Comparator.comparingLong(Suspicion::dueNanos));

  /** What came of looking at a key again. */
  enum Finding {
    /** The canary differs. */
    CONFIRMED,
    /** It does not. */
    SETTLED,
    /** It cannot be said, and is looked at again. */
    AGAIN,
    /** It cannot be said, and is given up. */
    GIVEN_UP
  }

  /** Compares two answers. */
  interface Comparing {
    /** Compares; see {@link AnswerComparator#judge}. */
    Judgement judge(SideReply production, SideReply canary, @Nullable VersionPair before);
  }

  Judge(JudgeRules rules, VerdictRules verdicts, SplittableRandom random) {
    this(rules, verdicts, random, new AnswerComparator(rules.ttlTolerance().toMillis())::judge);
  }

  Judge(JudgeRules rules, VerdictRules verdicts, SplittableRandom random, Comparing comparator) {
    this.rules = rules;
    this.verdicts = verdicts;
    this.random = random;
    this.comparator = comparator;
    this.selfTest = new SelfTest(rules.selfTestShare(), rules.ttlTolerance().toMillis());
    this.history = new VersionHistory(rules.versionsMax());
    this.reads = new LatencyPairs(rules.latencyPairs(), rules.probes().warmUp());
    this.writes = new LatencyPairs(rules.latencyPairs(), rules.probes().warmUp());
    this.samples = new MismatchSamples(rules.samplesMax(), SAMPLE_GROUPS_MAX);
    for (Inconclusive reason : Inconclusive.values()) {
      notMade.put(reason, new LongAdder());
    }
  }

  /** Judges a comparison. */
  synchronized void take(Comparison comparison, long nowNanos) {
    if (suspected.contains(comparison.key())) {
      tally.inconclusive(Inconclusive.REPEATED);
      return;
    }
    VersionPair before = history.before(comparison.key(), comparison.number());
    Judgement judgement = comparator.judge(comparison.production(), comparison.canary(), before);
    remember(comparison);
    if (judgement.isEqual()) {
      tally.compared(comparison, judgement);
      test(comparison, before, nowNanos);
    } else if (judgement.mismatches().contains(Mismatch.ERROR_CLASS)) {
      tally.compared(comparison, judgement);
      confirm(comparison, Set.of(Mismatch.ERROR_CLASS));
    } else {
      suspect(comparison, judgement.mismatches(), null, before, nowNanos);
    }
  }

  /**
   * Both clusters were asked to read the same, one after the other, to see how long either takes.
   */
  synchronized void probedRead(long productionNanos, long canaryNanos) {
    reads.add(productionNanos, canaryNanos);
  }

  /** The same with a write. */
  synchronized void probedWrite(long productionNanos, long canaryNanos) {
    writes.add(productionNanos, canaryNanos);
  }

  private void remember(Comparison comparison) {
    history.add(
        comparison.key(),
        new VersionPair(
            comparison.number(), comparison.production().version(), comparison.canary().version()));
  }

  private void test(Comparison comparison, @Nullable VersionPair before, long nowNanos) {
    SelfTest.Injection injection = selfTest.inject(comparison, before);
    if (injection == null) {
      return;
    }
    Mismatch kind = injection.kind();
    Judgement judgement = comparator.judge(comparison.production(), injection.altered(), before);
    if (!judgement.mismatches().contains(kind)) {
      selfTest.missed(kind);
    } else if (kind == Mismatch.ERROR_CLASS || kind == Mismatch.RESULT) {
      selfTest.reported(kind);
    } else {
      suspect(comparison, judgement.mismatches(), kind, before, nowNanos);
    }
  }

  private void suspect(
      Comparison comparison,
      Set<Mismatch> kinds,
      @Nullable Mismatch injected,
      @Nullable VersionPair before,
      long nowNanos) {
    Suspicion suspicion =
        new Suspicion(
            comparison.cut(),
            kinds,
            injected,
            before,
            0,
            nowNanos + rules.settle().toNanos(),
            Inconclusive.TOO_MANY);
    if (suspicions.size() >= rules.suspicionsMax()) {
      giveUp(suspicion);
      return;
    }
    if (injected == null) {
      suspected.add(comparison.key());
    }
    suspicions.add(suspicion);
  }

  /** A comparison that cannot be made. Waits for nobody: it is told on production's threads. */
  void inconclusive(Inconclusive reason) {
    LongAdder count = notMade.get(reason);
    if (count != null) {
      count.increment();
    }
  }

  /** The next key that is to be read again, which is then up to the caller; null if none is due. */
  synchronized @Nullable Suspicion due(long nowNanos) {
    Suspicion first = suspicions.peek();
    return first != null && first.dueNanos() - nowNanos <= 0 ? suspicions.poll() : null;
  }

  /** The key cannot be read now. */
  synchronized Finding notLooked(Suspicion suspicion, Inconclusive reason, long nowNanos) {
    if (suspicion.tries() + 1 >= rules.triesMax()) {
      giveUp(suspicion.again(nowNanos, reason));
      return Finding.GIVEN_UP;
    }
    long wait = rules.settle().toNanos() << (suspicion.tries() + 1);
    suspicions.add(suspicion.again(nowNanos + wait, reason));
    return Finding.AGAIN;
  }

  /** The key was read again. */
  synchronized Finding looked(Suspicion suspicion, Sight sight, long nowNanos) {
    if (!sight.isReadable()) {
      return notLooked(suspicion, Inconclusive.UNREADABLE, nowNanos);
    }
    if (!sight.isQuiet()) {
      return notLooked(suspicion, Inconclusive.OWN_WRITES, nowNanos);
    }
    if (!sight.isStable()) {
      return notLooked(suspicion, Inconclusive.OTHER_WRITES, nowNanos);
    }
    if (!sight.isWithin(rules.ttlTolerance().toMillis())) {
      return notLooked(suspicion, Inconclusive.UNREADABLE, nowNanos);
    }
    Mismatch injected = suspicion.injected();
    return injected == null
        ? lookedAtReal(suspicion, sight)
        : lookedAtInjected(suspicion, injected, sight);
  }

  private Finding lookedAtReal(Suspicion suspicion, Sight sight) {
    suspected.remove(suspicion.key());
    Judgement now = comparator.judge(sight.between(), sight.canary(), suspicion.before());
    Judgement first = new Judgement(suspicion.kinds(), suspicion.kinds());
    tally.compared(suspicion.comparison(), first);
    if (now.isEqual()) {
      tally.settled(suspicion);
      return Finding.SETTLED;
    }
    confirm(suspicion.comparison(), now.mismatches());
    return Finding.CONFIRMED;
  }

  private Finding lookedAtInjected(Suspicion suspicion, Mismatch kind, Sight sight) {
    SideReply altered = selfTest.again(kind, sight.canary(), suspicion.before());
    if (altered == null) {
      giveUp(suspicion);
      return Finding.GIVEN_UP;
    }
    Sight seen = new Sight(sight.first(), altered, sight.second(), sight.isQuiet());
    Judgement now = comparator.judge(seen.between(), altered, suspicion.before());
    if (now.mismatches().contains(kind)) {
      selfTest.reported(kind);
      return Finding.CONFIRMED;
    }
    selfTest.missed(kind);
    return Finding.SETTLED;
  }

  private void confirm(Comparison comparison, Set<Mismatch> kinds) {
    for (Mismatch kind : EnumSet.copyOf(kinds)) {
      tally.confirmed(kind);
      samples.add(kind, comparison);
    }
  }

  private void giveUp(Suspicion suspicion) {
    Mismatch injected = suspicion.injected();
    if (injected != null) {
      selfTest.withdrawn(injected);
      return;
    }
    suspected.remove(suspicion.key());
    tally.inconclusive(suspicion.last());
  }

  /** The canary was written to beside the mirror: what its versions were says nothing any more. */
  synchronized void forget(KeyRef key) {
    history.forget(key);
  }

  /** The same for all keys. */
  synchronized void forgetVersions() {
    history.clear();
  }

  /** What was found so far, and what follows for these maps, keys and traffic. O(latency pairs). */
  MirrorReport report(
      MirrorMode mode, MirrorReport.Traffic traffic, Set<String> unsure, int outOfStep) {
    LatencyPairs.Pairs ofReads;
    LatencyPairs.Pairs ofWrites;
    SplittableRandom own;
    synchronized (this) {
      ofReads = reads.pairs();
      ofWrites = writes.pairs();
      own = random.split();
    }
    // Seldom asked for and slow: nobody waits for it.
    LatencyComparison timesOfReads = compared(ofReads, own);
    LatencyComparison timesOfWrites =
        rules.probes().hasWrites() ? compared(ofWrites, own) : LatencyComparison.NONE;
    boolean isLatencySeen =
        isSeenWhenDoubled(ofReads.production(), own)
            || timesOfReads.pairs() < LatencyComparison.LEAST_PAIRS;
    synchronized (this) {
      MirrorReport found =
          tally.report(
              timesOfReads,
              timesOfWrites,
              selfTest.report(isLatencySeen, rules.selfTestLeast()),
              samples);
      MirrorReport whole =
          new MirrorReport(
              mode,
              traffic,
              found.compared(),
              found.kinds(),
              withNotMade(found.inconclusive()),
              found.canaryErrors(),
              found.productionErrors(),
              found.settled(),
              found.latency(),
              found.writeLatency(),
              found.selfTest(),
              found.coverage(),
              unsure,
              outOfStep,
              found.samples(),
              found.verdict());
      return whole.with(verdicts.judge(whole));
    }
  }

  private Map<Inconclusive, Long> withNotMade(Map<Inconclusive, Long> counted) {
    Map<Inconclusive, Long> all = new EnumMap<>(counted);
    notMade.forEach((reason, count) -> all.merge(reason, count.sum(), Long::sum));
    return all;
  }

  private LatencyComparison compared(LatencyPairs.Pairs of, SplittableRandom own) {
    return LatencyComparison.of(of.production(), of.canary(), verdicts.latency(), own);
  }

  private boolean isSeenWhenDoubled(long[] production, SplittableRandom own) {
    long[] doubled = new long[production.length];
    for (int at = 0; at < doubled.length; at++) {
      doubled[at] = production[at] * DOUBLED;
    }
    return LatencyComparison.of(production, doubled, verdicts.latency(), own).outcome()
        == LatencyComparison.Outcome.SLOWER;
  }
}
