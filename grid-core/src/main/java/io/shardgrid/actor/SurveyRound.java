package io.shardgrid.actor;

import io.shardgrid.shard.Survey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Asks all shards of a node what they hold, one round at a time: whoever asks while a round is
 * under way gets the next one, so that no answer is older than its question. Confined to the host.
 */
final class SurveyRound {

  /** Who asks beyond it is not answered. */
  private static final int ASKERS_MAX = 1_000;

  private final int shards;
  private final Runnable askAll;
  private final Consumer<Collection<Survey>> always;
  private final Map<Integer, Survey> reports = new TreeMap<>();
  private long operations;
  private long operationsTold;
  private List<Consumer<Collection<Survey>>> current = new ArrayList<>();
  private List<Consumer<Collection<Survey>>> next = new ArrayList<>();

  /**
   * A round over so many shards.
   *
   * @param askAll asks each of them for its survey
   * @param always gets what every round has found, before those who asked
   */
  SurveyRound(int shards, Runnable askAll, Consumer<Collection<Survey>> always) {
    this.shards = shards;
    this.askAll = askAll;
    this.always = always;
  }

  /** Whether it was taken up: {@code then} gets the surveys of all shards, in their order. */
  boolean ask(Consumer<Collection<Survey>> then) {
    if (next.size() >= ASKERS_MAX) {
      return false;
    }
    next.add(then);
    if (current.isEmpty()) {
      begin();
    }
    return true;
  }

  private void begin() {
    List<Consumer<Collection<Survey>>> done = current;
    current = next;
    next = done;
    reports.clear();
    operations = 0;
    askAll.run();
  }

  /** Operations that all shards had taken when they answered last. */
  long operations() {
    return operationsTold;
  }

  /** A shard has answered, which has taken so many operations since it was started. */
  void reported(Survey survey, long taken) {
    if (reports.put(survey.shard(), survey) == null) {
      operations += taken;
    }
    if (reports.size() < shards) {
      return;
    }
    List<Survey> all = List.copyOf(reports.values());
    reports.clear();
    operationsTold = operations;
    always.accept(all);
    current.forEach(then -> then.accept(all));
    current.clear();
    if (!next.isEmpty()) {
      begin();
    }
  }
}
