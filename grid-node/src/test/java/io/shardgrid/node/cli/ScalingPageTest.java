package io.shardgrid.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ScalingPageTest {

  private static final String PAGE =
      """
      {"at":"2026-03-01T08:30:02Z","node":"a","nodeId":"127.0.0.1:1#2","mode":"act",
       "inCharge":true,"bounds":{"min":3,"max":5},"members":4,
       "order":{"number":2,"state":"draining","text":"half","before":4,"nodes":3,"leaving":"c",
        "at":"2026-03-01T08:30:00.5Z","ageMillis":1500},
       "made":{"stay":7,"add":1,"remove":1},
       "decisions":[
        {"since":"2026-03-01T08:30:00.5Z","at":"2026-03-01T08:30:00.5Z","times":1,"nodes":4,
         "change":-1,"leaving":"c","proposed":2,"stabilized":3,"limited":3,"limit":"none",
         "metrics":[
          {"name":"operations","kind":"average","target":800,"reported":212.5,"proposed":2,
           "problem":null},
          {"name":"other","kind":"value","target":1,"reported":null,"proposed":null,
           "problem":"A reading is missing"}],
         "reasons":[{"cause":"one at a time","text":"One node goes at a time: nodes=4, wanted=2"}],
         "inputs":[
          {"node":"a","zone":"default","standing":"up","upSince":"2026-03-01T08:00:00Z",
           "ownBytes":1,"heldBytes":2,"bytesMax":3,
           "readings":[{"metric":"operations","value":"NaN","whole":null,
            "at":"2026-03-01T08:30:00Z"}]},
          {"node":"d","zone":"default","standing":"joining","upSince":"2026-03-01T08:00:00Z",
           "ownBytes":null,"heldBytes":null,"bytesMax":null,"readings":[]}]}],
       "notes":[{"at":"2026-03-01T08:29:00Z","text":"Done: order=1; Nodes have come: nodes=4"}]}
      """;

  private final ScalingPage page = ScalingPage.parse(PAGE);

  @Test
  void saysWhatIsBeingCarriedOut() {
    ScalingPage.Order order = Objects.requireNonNull(page.order());
    assertThat(order.decidedAt()).isEqualTo(Instant.parse("2026-03-01T08:30:00.5Z"));
    assertThat(order.leaving()).isEqualTo("c");
  }

  @Test
  void saysWhatADecisionWasMadeFrom() {
    ScalingPage.Decision decision = page.decisions().get(0);
    assertThat(decision.madeAt()).isEqualTo(Instant.parse("2026-03-01T08:30:00.5Z"));
    assertThat(decision.metrics().get(0).reported()).isEqualTo(212.5);
    assertThat(decision.metrics().get(1).proposed()).isNull();
    assertThat(decision.reasons().get(0).cause()).isEqualTo("one at a time");
    assertThat(decision.inputs().get(0).readings().get(0).value()).isNaN();
    assertThat(decision.inputs().get(1).heldBytes()).isNull();
  }

  @Test
  void saysWhatWasDoneOfLate() {
    assertThat(page.notes().get(0).writtenAt()).isEqualTo(Instant.parse("2026-03-01T08:29:00Z"));
  }
}
