package io.shardgrid.history;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One search for an order that explains a history. Used once; not thread-safe. */
final class Search<S, I, O> {

  /*
   * An order is built from its beginning: of the operations without a place, one is next that was
   * invoked before any of them returned (the horizon), and whose output is possible in the state so
   * far. Where none is, the last one is taken back. An order that holds all answered operations
   * explains the history; unknown ones are used or not. This is the search of Wing and Gong, and
   * the set of situations that need no second visit is Lowe's. The lists of calls and returns whose
   * links come back are as in Porcupine, here two lists, so that the horizon is the first return.
   *
   * What is cut off, and why no history is misjudged by it. Call a situation (answered operations
   * placed, unknown ones used, state) good if an order can be completed from it. Suppose that a
   * search ended without success, yet some situation that it went on from is good; of all these,
   * take one, and a completion of it, that is shortest. What was cut off there?
   *
   * 1. An operation that only reads, and is next and possible without narrowing the state down,
   *    gets its place without an alternative. It may be moved to the front of the completion:
   *    nothing has to come before it and nothing notices. The rest is shorter. (That an operation
   *    leaves this state as it is would not do: a write of what is there may be needed later.)
   * 2. A situation is not searched if one was from which as much is possible: the same answered
   *    operations placed, no other unknown ones used, a state that covers this one. The completion
   *    serves there as well.
   * 3. An operation right behind an unknown one is not tried if without the unknown one it would
   *    lead to a state that covers this one. Then the completion serves in the situation before the
   *    unknown operation, and is not longer; the argument goes on there. This keeps unknown writes
   *    that nobody saw from piling up: one that is overwritten at once need not have happened.
   * 4. Of unknown operations with equal likeness the first to be invoked is used first. Where the
   *    completion uses another, let the two change places.
   * 5. What Prospects calls hopeless has no completion at all.
   *
   * So the first operation of the completion, or one that serves as well, was tried, and led to a
   * situation that is good and nearer to its end: there is no shortest. An unknown operation that
   * would change nothing is not used for the same reason as in 3.
   *
   * Sources: J. Wing and C. Gong, Testing and verifying concurrent objects, JPDC 17, 1993. M.
   * Herlihy and J. Wing, Linearizability, TOPLAS 12, 1990 (section 3.2, locality: key by key is
   * enough). G. Lowe, Testing for linearizability, Concurrency and Computation 29, 2017. A.
   * Athalye, Porcupine, github.com/anishathalye/porcupine (checker.go).
   */

  /** In place of a choice: there was none. */
  private static final int FORCED = -1;

  private final SequentialModel<S, I, O> model;
  private final Roster<I, O> roster;
  private final long stepsMax;
  private final LinkedOrder calls;
  private final LinkedOrder returns;
  private final PlacedSet placed;
  private final OpenGroups open;
  private final Prospects<S, I, O> prospects;
  private final Visited<S> visited;

  /** Choices: the number of an answered operation; behind these, a group of unknown ones; none. */
  private final int firstGroup;

  private final int noChoice;

  private final boolean[] isReadOnly;
  private final int[] path;
  private final int[] choices;
  private final List<S> before = new ArrayList<>();
  private S state;
  private long steps;
  private int[] longest = {};
  private int longestAnswered;

  Search(
      SequentialModel<S, I, O> model,
      Foresight<S, I, O> foresight,
      Roster<I, O> roster,
      long stepsMax) {
    this.model = model;
    this.roster = roster;
    this.stepsMax = stepsMax;
    calls = roster.calls();
    returns = roster.returns();
    placed = new PlacedSet(roster.answered());
    open = new OpenGroups(roster, foresight::likeness);
    prospects = new Prospects<>(model, foresight, roster);
    visited = new Visited<>(model);
    firstGroup = roster.answered();
    noChoice = firstGroup + open.groups();
    isReadOnly = new boolean[roster.answered()];
    for (int number = 0; number < isReadOnly.length; number++) {
      O output = requireNonNull(roster.output(number));
      isReadOnly[number] = model.isReadOnly(roster.input(number), output);
    }
    path = new int[roster.size()];
    choices = new int[roster.size()];
    state = model.initial();
  }

  Verdict run() {
    if (prospects.isHopeless(state)) {
      return Verdict.NOT_LINEARIZABLE;
    }
    int choice = enter();
    while (placed.size() < roster.answered()) {
      if (isSpent()) {
        return Verdict.UNDECIDED;
      }
      if (choice != noChoice) {
        choice = take(choice) ? enter() : after(choice);
      } else if (before.isEmpty()) {
        return Verdict.NOT_LINEARIZABLE;
      } else {
        choice = retreat();
      }
    }
    return Verdict.LINEARIZABLE;
  }

  /** Steps of the model that were tried, and situations that were compared. */
  long steps() {
    return steps + visited.comparisons();
  }

  /** The order with the most answered operations that was found: after success, with all. */
  List<RecordedOperation<I, O>> longest() {
    keepLongest();
    return Arrays.stream(longest).mapToObj(roster::operation).toList();
  }

  private boolean isSpent() {
    return steps() >= stepsMax;
  }

  /** Places what needs no choice. The first choice then, none if this need not be searched. */
  private int enter() {
    while (placed.size() < roster.answered() && !isSpent()) {
      int idle = firstIdle();
      if (idle == calls.end()) {
        boolean isNew = visited.add(placed, calls.first(), open.used(), state);
        return isNew ? calls.first() : noChoice;
      }
      place(idle, FORCED, state);
    }
    return noChoice;
  }

  /** The first read that can be next and tells nothing new, or the end of calls. */
  private int firstIdle() {
    long horizon = horizon();
    int number = calls.first();
    while (number != calls.end() && roster.invoked(number) < horizon) {
      if (isReadOnly[number] && state.equals(step(state, number))) {
        return number;
      }
      number = calls.next(number);
    }
    return calls.end();
  }

  /** Places what was chosen, if that is possible and leaves hope. */
  private boolean take(int choice) {
    int number = choice < firstGroup ? choice : open.next(choice - firstGroup);
    if (number == OpenGroups.NONE || roster.invoked(number) > horizon()) {
      return false;
    }
    S next = step(state, number);
    if (next == null || isPointless(number, next)) {
      return false;
    }
    S from = state;
    place(number, choice, next);
    if (prospects.isHopeless(from, next)) {
      takeBack();
      return false;
    }
    return true;
  }

  private int after(int choice) {
    if (choice >= firstGroup) {
      return choice + 1;
    }
    int next = calls.next(choice);
    return next != calls.end() && roster.invoked(next) < horizon() ? next : firstGroup;
  }

  /** Whether this might as well happen without the unknown operation before it. */
  private boolean isPointless(int number, S next) {
    int last = before.size() - 1;
    if (last < 0 || path[last] < firstGroup) {
      return false;
    }
    S without = step(before.get(last), number);
    return without != null && model.covers(without, next);
  }

  /** When the first of the operations without a place returned. */
  private long horizon() {
    return roster.completed(returns.first());
  }

  private @Nullable S step(S from, int number) {
    steps++;
    return model.step(from, roster.input(number), roster.output(number));
  }

  private void place(int number, int choice, S next) {
    path[before.size()] = number;
    choices[before.size()] = choice;
    before.add(state);
    state = next;
    prospects.place(number);
    if (number < firstGroup) {
      placed.add(number);
      calls.takeOut(number);
      returns.takeOut(number);
    } else {
      open.use(number);
    }
  }

  /** Takes the last operation back; the choice that it was. */
  private int takeBack() {
    int last = before.size() - 1;
    int number = path[last];
    state = before.remove(last);
    prospects.takeBack(number);
    if (number < firstGroup) {
      placed.remove(number);
      calls.putBack(number);
      returns.putBack(number);
    } else {
      open.giveBack(number);
    }
    return choices[last];
  }

  /** Goes back to the last choice; what is to be tried there next. */
  private int retreat() {
    keepLongest();
    while (!before.isEmpty()) {
      int choice = takeBack();
      if (choice != FORCED) {
        return after(choice);
      }
    }
    return noChoice;
  }

  private void keepLongest() {
    if (placed.size() > longestAnswered) {
      longestAnswered = placed.size();
      longest = Arrays.copyOf(path, before.size());
    }
  }
}
