package io.shardgrid.link;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ParcelQueueTest {

  private final ParcelQueue<String> queue = new ParcelQueue<>();

  @Test
  void handsItemsOutInTheirOrder() {
    assertThat(queue.peek()).isNull();
    queue.add("first", 1);
    queue.add("second", 2);
    assertThat(take()).isEqualTo("first");
    queue.add("third", 3);
    assertThat(take()).isEqualTo("second");
    assertThat(take()).isEqualTo("third");
    assertThat(queue.peek()).isNull();
  }

  /** What was taken must not keep what is added later alive, however long it lives itself. */
  @Test
  void cutsTakenParcelsOffFromThoseBehindThem() {
    ParcelQueue.Parcel<String> beginning = queue.head();
    queue.add("first", 1);
    queue.add("second", 1);
    ParcelQueue.Parcel<String> first = requireNonNull(beginning.next());
    take();
    take();
    assertThat(beginning.next()).isNull();
    assertThat(first.next()).isNull();
  }

  @Test
  void handsNoItemOutTwice() {
    queue.add("only", 1);
    ParcelQueue.Parcel<String> parcel = requireNonNull(queue.peek());
    queue.take(parcel);
    assertThatThrownBy(() -> queue.take(parcel)).isInstanceOf(IllegalStateException.class);
  }

  private String take() {
    return queue.take(requireNonNull(queue.peek()));
  }
}
