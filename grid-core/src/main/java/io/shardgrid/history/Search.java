package io.shardgrid.history;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One search for an order that explains a history. Used once; not thread-safe. */
final class Search<S, I, O> {

  /*
   * An order is built from its beginning: of the operations without a place, one is next that was
   * invoked before any of them returned (the horizon), and whose output is possible in the state so
   * far. Where none is left to try, the last choice is taken back. An order that holds all answered
   * operations explains the history; unknown ones are used or not. This is the search of Wing and
   * Gong, and the set of situations that need no second visit is Lowe's. The lists whose links come
   * back are as in Porcupine, but one of calls and one of returns, so that the horizon is the first
   * return. Tried first is what is due first: this finds most orders without going back.
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
   * 4. Of operations with equal likeness that can be next, only the one that ends first is tried;
   *    of unknown ones, the one that was invoked first. Where the completion begins with another,
   *    let the two change places: the one can happen now, the other as late as the one.
   * 5. What Prospects calls hopeless has no completion at all.
   *
   * All of this is about the operations within the times to which Windows narrows them, a history
   * with the same orders.
   *
   * So the first operation of the completion, or one that serves as well, was tried, and led to a
   * situation that is good and nearer to its end: there is no shortest. An unknown operation that
   * would change nothing is left out, since the completion serves without it.
   *
   * Sources: J. Wing and C. Gong, Testing and verifying concurrent objects, JPDC 17, 1993. M.
   * Herlihy and J. Wing, Linearizability, TOPLAS 12, 1990 (theorem 1, locality: key by key is
   * enough). G. Lowe, Testing for linearizability, Concurrency and Computation 29, 2017. A.
   * Athalye, Porcupine, github.com/anishathalye/porcupine (checker.go).
   */

  private final SequentialModel<S, I, O> model;
  private final Roster<I, O> roster;
  private final long stepsMax;
  private final int unknownMax;
  private final LinkedOrders calls;
  private final LinkedOrders returns;
  private final PlacedSet placed;
  private final OpenGroups open;
  private final Prospects<S, I, O> prospects;
  private final Visited<S> visited;
  private final int[] kinds;
  private final boolean[] isReadOnly;
  private final int[] path;
  private final List<S> before = new ArrayList<>();
  private final Deque<Fork<S>> forks = new ArrayDeque<>();
  private S state;
  private long steps;
  private int unknown;
  private int[] longest = {};
  private int longestAnswered;

  /** An operation that can be next, and the state that it leads to. */
  private record Option<S>(int number, S next, long dueTime) {}

  /** What can be next behind so many operations of the path. */
  private record Fork<S>(int depth, Deque<Option<S>> options) {}

  /** A search among all orders. */
  Search(
      SequentialModel<S, I, O> model,
      Foresight<S, I, O> foresight,
      Roster<I, O> roster,
      long stepsMax) {
    this(model, foresight, roster, stepsMax, Integer.MAX_VALUE);
  }

  /**
   * A search among the orders with so many unknown operations at most. Where it finds none there
   * may be one with more.
   */
  Search(
      SequentialModel<S, I, O> model,
      Foresight<S, I, O> foresight,
      Roster<I, O> history,
      long stepsMax,
      int unknownMax) {
    this.model = model;
    roster = Windows.narrow(model, foresight, history);
    this.stepsMax = stepsMax;
    this.unknownMax = unknownMax;
    int answered = roster.answered();
    calls = roster.calls();
    returns = roster.returns();
    placed = new PlacedSet(answered);
    IntFunction<Object> likeness =
        number -> foresight.likeness(roster.input(number), roster.output(number));
    open = new OpenGroups(answered, roster.size() - answered, likeness);
    Map<Object, Integer> numbers = new HashMap<>();
    kinds =
        IntStream.range(0, answered)
            .map(number -> numbers.computeIfAbsent(likeness.apply(number), any -> number))
            .toArray();
    prospects = new Prospects<>(model, foresight, roster);
    visited = new Visited<>(model);
    isReadOnly = new boolean[answered];
    for (int number = 0; number < isReadOnly.length; number++) {
      O output = requireNonNull(roster.output(number));
      isReadOnly[number] = model.isReadOnly(roster.input(number), output);
    }
    path = new int[roster.size()];
    state = model.initial();
  }

  Verdict run() {
    if (prospects.isHopeless(state)) {
      return Verdict.NOT_LINEARIZABLE;
    }
    enter();
    while (!isDone()) {
      if (steps() >= stepsMax) {
        return Verdict.UNDECIDED;
      }
      Fork<S> fork = forks.peek();
      if (fork == null) {
        return Verdict.NOT_LINEARIZABLE;
      }
      takeBackTo(fork.depth());
      Option<S> option = fork.options().poll();
      if (option == null) {
        forks.pop();
      } else if (take(option)) {
        enter();
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

  private boolean isDone() {
    return placed.size() == roster.answered();
  }

  /** Places what needs no choice, and looks what can be next unless this need not be searched. */
  private void enter() {
    List<Option<S>> options = new ArrayList<>();
    int number = calls.first(0);
    while (!calls.isEnd(number) && roster.invoked(number) < horizon()) {
      S next = step(state, number);
      if (isReadOnly[number] && state.equals(next)) {
        place(number, state);
      } else if (next != null) {
        options.add(option(number, next));
      }
      number = calls.next(number);
    }
    if (!isDone() && visited.add(placed, calls.first(0), open.used(), state)) {
      dropAlike(options);
      addUnknown(options);
      dropPointless(options);
      options.sort(Comparator.comparingLong(Option::dueTime));
      forks.push(new Fork<>(before.size(), new ArrayDeque<>(options)));
    }
  }

  /** Of operations that are alike, leaves the one that ends first. */
  private void dropAlike(List<Option<S>> options) {
    options.sort(Comparator.comparingLong(option -> roster.completed(option.number())));
    Set<Integer> known = new HashSet<>();
    options.removeIf(option -> !known.add(kinds[option.number()]));
  }

  private void addUnknown(List<Option<S>> options) {
    for (int group = 0; unknown < unknownMax && group < open.groups(); group++) {
      int number = open.next(group);
      if (number != OpenGroups.NONE && roster.invoked(number) < horizon()) {
        S next = step(state, number);
        if (next != null) {
          options.add(option(number, next));
        }
      }
    }
  }

  /** Drops what might as well happen without the unknown operation that was placed last. */
  private void dropPointless(List<Option<S>> options) {
    int last = before.size() - 1;
    if (last >= 0 && path[last] >= roster.answered()) {
      options.removeIf(
          option -> {
            S without = step(before.get(last), option.number());
            return without != null && model.covers(without, option.next());
          });
    }
  }

  private Option<S> option(int number, S next) {
    return new Option<>(number, next, prospects.dueTime(number));
  }

  /** Places an operation; false if that leaves no hope. */
  private boolean take(Option<S> option) {
    S from = state;
    place(option.number(), option.next());
    return !prospects.isHopeless(option.number(), from, state);
  }

  /** When the first of the operations without a place returned. */
  private long horizon() {
    return roster.completed(returns.first(0));
  }

  private @Nullable S step(S from, int number) {
    steps++;
    return model.step(from, roster.input(number), roster.output(number));
  }

  private void place(int number, S next) {
    path[before.size()] = number;
    before.add(state);
    state = next;
    prospects.place(number);
    if (number < roster.answered()) {
      placed.add(number);
      calls.takeOut(number);
      returns.takeOut(number);
    } else {
      open.use(number);
      unknown++;
    }
  }

  private void takeBackTo(int depth) {
    if (depth < before.size()) {
      keepLongest();
    }
    for (int last = before.size() - 1; last >= depth; last--) {
      int number = path[last];
      state = before.remove(last);
      prospects.takeBack(number);
      if (number < roster.answered()) {
        placed.remove(number);
        calls.putBack(number);
        returns.putBack(number);
      } else {
        open.giveBack(number);
        unknown--;
      }
    }
  }

  private void keepLongest() {
    if (placed.size() > longestAnswered) {
      longestAnswered = placed.size();
      longest = Arrays.copyOf(path, before.size());
    }
  }
}
