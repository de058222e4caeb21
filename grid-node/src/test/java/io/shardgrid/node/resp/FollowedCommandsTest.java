package io.shardgrid.node.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.trace.RecordingTracer;
import io.shardgrid.trace.RecordingTracer.Recorded;
import io.shardgrid.trace.SpanKind;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.trace.TraceSettings;
import io.shardgrid.trace.Tracing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commands that are followed, and those that are not. */
final class FollowedCommandsTest {

  private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final String UNFOLLOWED = PARENT.substring(0, 53) + "00";

  private final RecordingTracer tracer = new RecordingTracer();
  private final RespFixture fixture = RespFixture.serving();
  private final RespClient client = fixture.client();

  private void follow(double ratio, int perSecondMax) {
    TraceSettings settings = new TraceSettings(ratio, perSecondMax);
    fixture.grid.router().traces().turnOn(new Tracing(tracer, settings, () -> 0, () -> 0));
  }

  @AfterEach
  void close() {
    client.close();
    fixture.close();
  }

  @Test
  void belongToTheTraceThatWasNamedBeforeThem() {
    follow(0, 100);
    assertThat(client.ask("GRID.TRACE", PARENT)).isEqualTo("OK");
    assertThat(client.ask("GRID.SET", "cities", "k", "v")).isEqualTo("OK");
    assertThat(client.ask("GRID.GET", "cities", "k")).isEqualTo("'v'");
    Recorded command = tracer.span("GRID.SET");
    assertThat(command.parent()).isEqualTo(TraceContext.parse(PARENT));
    assertThat(command.kind()).isEqualTo(SpanKind.SERVER);
    assertThat(command.ends()).isEqualTo(1);
    assertThat(command.said())
        .containsEntry("db.operation.name", "GRID.SET")
        .containsEntry("db.collection.name", "cities")
        .doesNotContainKey("error.type");
    Recorded routed = tracer.span("put cities");
    assertThat(routed.parent()).isEqualTo(command.context());
    assertThat(routed.ends()).isEqualTo(1);
    assertThat(tracer.names()).as("the next one alone").containsExactly("GRID.SET", "put cities");
  }

  @Test
  void areNotFollowedAgainstTheirCallersWord() {
    follow(1, 100);
    client.ask("GRID.TRACE", UNFOLLOWED);
    client.ask("SET", "k", "v");
    assertThat(tracer.names()).isEmpty();
  }

  @Test
  void areDecidedOnOnce() {
    follow(1, 100);
    client.ask("MSET", "a", "1", "b", "2", "c", "3");
    assertThat(tracer.spans().get(0).name()).isEqualTo("MSET");
    assertThat(tracer.spans().subList(1, tracer.spans().size()))
        .isNotEmpty()
        .allSatisfy(part -> assertThat(part.parent()).isEqualTo(tracer.spans().get(0).context()));
    assertThat(client.ask("PING")).isEqualTo("PONG");
    assertThat(tracer.names()).doesNotContain("PING");
  }

  @Test
  void areNotFollowedAtAllWhileThatIsOff() {
    assertThat(client.ask("GRID.TRACE", PARENT)).isEqualTo("OK");
    assertThat(client.ask("SET", "k", "v")).isEqualTo("OK");
    follow(0, 100);
    assertThat(client.ask("GET", "k")).isEqualTo("'v'");
    assertThat(tracer.names()).isEmpty();
  }

  @Test
  void areFollowedNoMoreOftenThanTheyMay() {
    follow(0, 2);
    for (int i = 0; i < 5; i++) {
      client.ask("GRID.TRACE", PARENT);
      assertThat(client.ask("PING")).isEqualTo("PONG");
    }
    assertThat(tracer.names()).containsExactly("PING", "PING");
  }

  @Test
  void sayWhyTheyFailed() {
    follow(0, 100);
    client.ask("SET", "k", "no number");
    client.ask("GRID.TRACE", PARENT);
    assertThat(client.ask("INCR", "k")).contains("not an integer");
    Recorded command = tracer.span("INCR");
    assertThat(command.said()).containsKey("error.type");
    assertThat(command.ends()).isEqualTo(1);
    client.ask("GRID.TRACE", PARENT);
    client.ask("SET", "k");
    assertThat(tracer.span("SET").said()).containsEntry("error.type", "ERR");
    assertThat(tracer.span("SET").ends()).isEqualTo(1);
  }

  @Test
  void areRefusedATextThatIsNone() {
    assertThat(client.ask("GRID.TRACE", "00-xyz"))
        .contains("GRID.TRACE: not a traceparent of W3C")
        .contains("too short");
    assertThat(client.ask("GRID.TRACE")).contains("wrong number of arguments");
  }
}
