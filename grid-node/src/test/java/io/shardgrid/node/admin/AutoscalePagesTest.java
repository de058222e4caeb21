package io.shardgrid.node.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shardgrid.autoscale.AutoscaleMode;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.node.access.InProcessGrid;
import io.shardgrid.node.access.SampleDecisions;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class AutoscalePagesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final InProcessGrid grid = new InProcessGrid(16);
  private final Pages pages =
      new Pages(Duration.ofSeconds(5), AdminAccessTest.settings("10 s").console(), clock());

  private static Clock clock() {
    return Clock.fixed(SampleDecisions.AT.plusMillis(1_500), ZoneOffset.UTC);
  }

  private JsonNode ask(int status, Map<String, List<String>> parameters) throws Exception {
    Reply reply =
        pages.content("/autoscale", new Parameters(parameters)).toCompletableFuture().join();
    JsonNode body = JSON.readTree(JSON.writeValueAsString(reply.body()));
    assertThat(reply.status().code()).as(body.toString()).isEqualTo(status);
    return body;
  }

  private JsonNode ask() throws Exception {
    pages.serve(grid);
    return ask(200, Map.of());
  }

  @Test
  void tellsWhereItRunsAndWhatItMayDo() throws Exception {
    JsonNode page = ask();
    assertThat(page.get("at").asText()).isEqualTo("2026-11-29T21:00:01.500Z");
    assertThat(page.get("node").asText()).isEqualTo("a");
    assertThat(page.get("nodeId").asText()).isEqualTo(grid.self().toString());
    assertThat(page.get("mode").asText()).isEqualTo("act");
    assertThat(page.get("inCharge").asBoolean()).isTrue();
    assertThat(page.get("bounds").toString()).isEqualTo("{\"min\":1,\"max\":4}");
    assertThat(page.get("members").asInt()).isEqualTo(4);
    assertThat(page.get("made").toString()).isEqualTo("{\"stay\":240,\"add\":2,\"remove\":1}");
    assertThat(page.get("order").toString())
        .isEqualTo(
            "{\"number\":7,\"state\":\"coming\",\"text\":\"Nodes are to come: wanted=4\","
                + "\"before\":3,\"nodes\":4,\"leaving\":null,"
                + "\"at\":\"2026-11-29T21:00:00Z\",\"ageMillis\":1500}");
    assertThat(page.get("notes").toString())
        .isEqualTo(
            "[{\"at\":\"2026-11-29T20:59:00Z\","
                + "\"text\":\"Done: order=6; The node has gone: node=d\"}]");
  }

  @Test
  void tellsDecisionsWithEachMetricInItsOwnUnit() throws Exception {
    JsonNode decisions = ask().get("decisions");
    JsonNode rest = decisions.get(1);
    assertThat(rest.get("since").asText()).isEqualTo("2026-11-29T20:00:00Z");
    assertThat(rest.get("at").asText()).isEqualTo("2026-11-29T20:59:45Z");
    assertThat(rest.get("times").asInt()).isEqualTo(240);
    assertThat(rest.get("basis").asText()).isEqualTo("metrics");
    assertThat(rest.get("limit").asText()).isEqualTo("none");
    assertThat(rest.get("leaving").isNull()).isTrue();
    JsonNode growth = decisions.get(0);
    assertThat(growth.get("change").asInt()).isEqualTo(1);
    assertThat(growth.get("limit").asText()).isEqualTo("max");
    assertThat(growth.get("metrics").toString())
        .isEqualTo(
            "[{\"name\":\"cpu\",\"kind\":\"utilization\",\"target\":70,\"reported\":130,"
                + "\"proposed\":6,\"problem\":null},"
                + "{\"name\":\"p99\",\"kind\":\"average\",\"target\":20,\"reported\":12.5,"
                + "\"proposed\":3,\"problem\":null},"
                + "{\"name\":\"jobs\",\"kind\":\"value\",\"target\":0.5,\"reported\":null,"
                + "\"proposed\":null,"
                + "\"problem\":\"A reading makes no sense: source=jobs of b, found=NaN\"}]");
    assertThat(growth.get("reasons").get(0).get("cause").asText()).isEqualTo("doubtful reading");
    assertThat(growth.get("reasons").get(1).toString())
        .isEqualTo("{\"cause\":\"bounds\",\"text\":\"There may not be more nodes: max=4\"}");
  }

  @Test
  void tellsInputsAsTheyCameAndNumbersThatAreNoneAsStrings() throws Exception {
    JsonNode inputs = ask().get("decisions").get(0).get("inputs");
    assertThat(inputs.get(1).toString())
        .isEqualTo(
            "{\"node\":\"b\",\"zone\":\"east\",\"standing\":\"up\","
                + "\"upSince\":\"2026-11-29T20:00:00Z\",\"ownBytes\":1048576,"
                + "\"heldBytes\":2097152,\"bytesMax\":67108864,\"readings\":["
                + "{\"metric\":\"cpu\",\"value\":1.2,\"whole\":1,"
                + "\"at\":\"2026-11-29T21:00:00Z\"},"
                + "{\"metric\":\"p99\",\"value\":12.5,\"whole\":null,"
                + "\"at\":\"2026-11-29T21:00:00Z\"},"
                + "{\"metric\":\"jobs\",\"value\":\"NaN\",\"whole\":null,"
                + "\"at\":\"2026-11-29T21:00:00Z\"}]}");
    assertThat(inputs.get(2).toString())
        .contains("\"standing\":\"joining\"", "\"ownBytes\":null,\"heldBytes\":null")
        .contains("\"bytesMax\":null,\"readings\":[]");
  }

  @Test
  void tellsAsManyDecisionsAsAreWanted() throws Exception {
    pages.serve(grid);
    assertThat(ask(200, Map.of("decisions", List.of("0"))).get("decisions")).isEmpty();
    assertThat(ask(200, Map.of("decisions", List.of("1"))).get("decisions")).hasSize(1);
    assertThat(ask(200, Map.of("decisions", List.of("128"))).get("decisions")).hasSize(2);
    assertWrong("129", "out of range: parameter=decisions, wanted=0 to 128, found=129");
    assertWrong("-1", "wanted=0 to 128, found=-1");
    assertWrong("x", "A number is wanted: parameter=decisions, found=x");
    assertWrong("1,2", "One number is wanted: parameter=decisions, found=2");
    assertThat(ask(400, Map.of("last", List.of("1"))).get("message").asText())
        .contains("no such parameter: parameter=last, known=[decisions]");
  }

  private void assertWrong(String decisions, String message) throws Exception {
    assertThat(ask(400, Map.of("decisions", List.of(decisions))).get("message").asText())
        .contains(message);
  }

  @Test
  void tellsOfOneThatHasDecidedNothing() throws Exception {
    grid.autoscale(
        CompletableFuture.completedStage(
            SampleDecisions.idle(InProcessGrid.OTHER, AutoscaleMode.OFF, false)));
    JsonNode page = ask();
    assertThat(page.get("node").asText()).isEqualTo(InProcessGrid.OTHER.toString());
    assertThat(page.get("mode").asText()).isEqualTo("off");
    assertThat(page.get("inCharge").asBoolean()).isFalse();
    assertThat(page.get("order").isNull()).isTrue();
    assertThat(page.get("decisions")).isEmpty();
  }

  @Test
  void saysWhyThereIsNoAnswer() throws Exception {
    assertThat(ask(503, Map.of()).get("message").asText()).contains("not joined its cluster yet");
    pages.serve(grid);
    grid.autoscale(
        CompletableFuture.failedStage(
            new GridUnavailableException("The autoscaler does not answer, ask again in a moment")));
    assertThat(ask(503, Map.of()).get("message").asText())
        .isEqualTo("The autoscaler does not answer, ask again in a moment");
  }
}
