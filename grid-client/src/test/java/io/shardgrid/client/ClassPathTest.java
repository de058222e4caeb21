package io.shardgrid.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application does not get with the client. */
final class ClassPathTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.pekko.actor.ActorSystem",
        "org.apache.pekko.actor.typed.ActorSystem",
        "scala.Option"
      })
  void hasNeitherPekkoNorScala(String type) {
    assertThatThrownBy(() -> Class.forName(type)).isInstanceOf(ClassNotFoundException.class);
  }
}
