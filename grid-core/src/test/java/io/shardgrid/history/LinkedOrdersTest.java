package io.shardgrid.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LinkedOrdersTest {

  private final LinkedOrders orders = new LinkedOrders(9, 2);

  @Test
  void areEmptyAtFirst() {
    assertThat(numbers(0)).isEmpty();
    assertThat(numbers(1)).isEmpty();
  }

  @Test
  void keepListsApart() {
    orders.append(1, 4);
    orders.append(0, 8);
    orders.append(1, 2);
    assertThat(numbers(0)).containsExactly(8);
    assertThat(numbers(1)).containsExactly(4, 2);
  }

  @Test
  void rememberWhereANumberWas() {
    List<Integer> expected = new ArrayList<>(List.of(3, 0, 4, 1, 7));
    expected.forEach(number -> orders.append(0, number));
    orders.append(1, 8);
    Deque<Integer> out = new ArrayDeque<>();
    Deque<List<Integer>> earlier = new ArrayDeque<>();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1_000; i++) {
      if (!out.isEmpty() && (expected.isEmpty() || random.nextBoolean())) {
        orders.putBack(out.pop());
        expected = earlier.pop();
      } else {
        Integer number = expected.get(random.nextInt(expected.size()));
        orders.takeOut(number);
        out.push(number);
        earlier.push(expected);
        expected = new ArrayList<>(expected);
        expected.remove(number);
      }
      assertThat(numbers(0)).isEqualTo(expected);
      assertThat(numbers(1)).containsExactly(8);
    }
  }

  private List<Integer> numbers(int list) {
    List<Integer> numbers = new ArrayList<>();
    for (int number = orders.first(list); !orders.isEnd(number); number = orders.next(number)) {
      numbers.add(number);
    }
    return numbers;
  }
}
