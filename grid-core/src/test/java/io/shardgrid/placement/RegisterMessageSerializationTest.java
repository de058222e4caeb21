package io.shardgrid.placement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.shardgrid.key.Charter;
import io.shardgrid.key.DigestVerdict;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.RegisterMessage.Accept;
import io.shardgrid.placement.RegisterMessage.Accepted;
import io.shardgrid.placement.RegisterMessage.Prepare;
import io.shardgrid.placement.RegisterMessage.Promise;
import io.shardgrid.placement.RegisterMessage.Refused;
import io.shardgrid.shard.CopyEnd;
import io.shardgrid.shard.CopyState;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RegisterMessageSerializationTest {

  /** As Pekko sets it up: what a newer version added is ignored. */
  private final ObjectMapper mapper =
      CBORMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  static List<Object> messages() {
    Charter charter = new Charter("c", 256, 1, Long.MIN_VALUE);
    NodeId node = new NodeId("10.0.0.1", 10171, -1);
    long epoch = Epoch.of(1, 1);
    List<PlacementEntry> entries =
        List.of(
            new PlacementEntry(0, epoch, epoch, Epoch.NONE, node, List.of(node)),
            new PlacementEntry(1, epoch + 1, epoch + 1, epoch, null, List.of()));
    Memo memo = new Memo(epoch, "{\"a\": [1, \u20ac]}");
    return List.of(
        new Prepare(1, -7),
        new Accept(1, -7, 3, charter, entries, memo),
        new Promise(1, -7, null, List.of(), Memo.NONE),
        new Promise(1, -7, charter, entries, memo),
        new Accepted(1, -7, 3),
        new Refused(1, -7, 2),
        new Placed(1, charter, entries),
        new InSyncRequest(0, epoch, node, true),
        new NodeReport(
            new NodeReport.Own(node, 1000, new PauseMark(epoch, true), 1 << 20),
            List.of(
                new NodeReport.SeatReport(
                    0,
                    epoch,
                    1L << 40,
                    List.of(
                        new NodeReport.CopyReport(
                            node, CopyState.SCANNING, 5, DigestVerdict.NOT_YET, CopyEnd.NONE)))),
            List.of(new NodeReport.Handover(3, epoch, 7))));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void comesBackAsItWas(Object message) throws IOException {
    byte[] bytes = mapper.writeValueAsBytes(message);
    assertThat(mapper.readValue(bytes, message.getClass())).isEqualTo(message);
  }
}
