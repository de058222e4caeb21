package io.shardgrid.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.ShardLostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class FlightTest {

  @Test
  void waitsForEveryOperation() {
    Flight flight = new Flight(2);
    CompletableFuture<String> first = new CompletableFuture<>();
    flight.add(() -> first);
    flight.add(() -> CompletableFuture.completedFuture("second"));
    flight.add(
        () -> {
          assertThat(first).as("there was room without it").isNotDone();
          first.complete("first");
          return CompletableFuture.completedFuture("third");
        });
    flight.land();

    assertThat(first).isCompleted();
  }

  @Test
  void tellsTheFirstFailureWhenTheNextIsAdded() {
    Flight flight = new Flight(2);
    flight.add(
        () ->
            CompletableFuture.failedFuture(
                new CompletionException(new ShardLostException("Gone: shard=3"))));

    assertThatThrownBy(() -> flight.add(() -> CompletableFuture.completedFuture("next")))
        .isInstanceOf(CommandException.class)
        .hasMessage("Gone: shard=3")
        .hasCauseInstanceOf(ShardLostException.class);
    assertThatThrownBy(flight::land).hasMessage("Gone: shard=3");
  }
}
