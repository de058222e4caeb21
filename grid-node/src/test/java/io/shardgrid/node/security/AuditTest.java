package io.shardgrid.node.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class AuditTest {

  private final AccessCounters counters = new AccessCounters();
  private final Caller caller =
      Caller.at("alice\n", new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711));

  private Audit audit(int burst) {
    return new Audit(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), counters, 1, burst);
  }

  @Test
  void writesOneJsonObjectALine() throws IOException {
    try (AuditLines lines = new AuditLines()) {
      audit(10).acted(caller, "POST /drain", "200 OK");
      audit(10).refused(caller, "x".repeat(1_000), "needs \"admin\"");

      assertThat(lines.all()).hasSize(2).noneMatch(line -> line.contains("\n"));
      JsonNode first = new ObjectMapper().readTree(lines.all().get(0));
      assertThat(first.get("at").asText()).isEqualTo("1970-01-01T00:00:00Z");
      assertThat(first.get("audit").asText()).isEqualTo("action");
      assertThat(first.get("who").asText()).isEqualTo("alice\n");
      assertThat(first.get("from").asText()).isEqualTo("127.0.0.1:4711");
      assertThat(first.get("what").asText()).isEqualTo("POST /drain");
      assertThat(first.get("outcome").asText()).isEqualTo("200 OK");
      JsonNode second = new ObjectMapper().readTree(lines.all().get(1));
      assertThat(second.get("what").asText()).hasSize(131);
    }
  }

  @Test
  void leavesRefusalsOutBeyondItsRateAndNoActions() {
    try (AuditLines lines = new AuditLines()) {
      Audit audit = audit(5);
      for (int refusal = 0; refusal < 100; refusal++) {
        audit.refused(caller, "get", "no login");
      }
      audit.acted(caller, "POST /drain", "200 OK");

      assertThat(lines.all().size()).isBetween(6, 8);
      assertThat(counters.unlogged.sum()).isEqualTo(101 - lines.all().size());
      assertThat(lines.all().get(lines.all().size() - 1)).contains("/drain", "\"leftOut\":");
    }
  }
}
