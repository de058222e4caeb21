package io.shardgrid.wire.replica;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.key.Digest;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.MapNames;
import io.shardgrid.wire.WireException;
import io.shardgrid.wire.WireReader;
import io.shardgrid.wire.WireWriter;
import io.shardgrid.wire.replica.LoggedWrite.Origin;
import io.shardgrid.wire.replica.ReplicaMessage.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

final class ReplicaMessageCodecPropertyTest {

  private static final PlacementEntry PLACEMENT =
      new PlacementEntry(
          7,
          9,
          8,
          3,
          new NodeId("a", 1, 1),
          List.of(new NodeId("a", 1, 1), new NodeId("b", 2, -2)));

  @Property(tries = 2_000)
  void readsWhatItWrote(@ForAll("messages") ReplicaMessage message) {
    byte[] bytes = written(message);
    assertThat(bytes).hasSizeLessThanOrEqualTo(ReplicaMessageCodec.bytesMax(message));
    WireReader in = new WireReader(bytes, new MapNames(1));
    ReplicaMessage read = ReplicaMessageCodec.read(in);
    assertThat(in.isReadable()).isFalse();
    assertThat(read).usingRecursiveComparison().isEqualTo(message);
  }

  @Property(tries = 2_000)
  void refusesWhatIsCutOrChangedOrReadsAMessage(
      @ForAll("messages") ReplicaMessage message, @ForAll int where, @ForAll byte flip) {
    byte[] whole = written(message);
    int at = Math.floorMod(where, whole.length);
    byte[] changed = whole.clone();
    changed[at] ^= flip;
    try {
      assertThat(ReplicaMessageCodec.read(new WireReader(changed))).isNotNull();
    } catch (WireException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
    WireReader cut = new WireReader(Arrays.copyOf(whole, at));
    assertThatThrownBy(() -> ReplicaMessageCodec.read(cut)).isInstanceOf(WireException.class);
  }

  private static byte[] written(ReplicaMessage message) {
    WireWriter out = new WireWriter(0);
    ReplicaMessageCodec.write(out, message);
    return out.toBytes();
  }

  @Provide
  Arbitrary<ReplicaMessage> messages() {
    return Arbitraries.oneOf(
        appends(),
        followed(),
        Combinators.combine(number(), number(), flag(), Arbitraries.longs())
            .as(
                (seat, length, gap, sent) ->
                    new ReplicaMessage.AppendAck(7, seat, length, gap, length / 2, sent)),
        Combinators.combine(number(), flag())
            .as((seat, stale) -> new ReplicaMessage.Nack(7, seat, PLACEMENT, stale)),
        Combinators.combine(number(), number())
            .as((seat, length) -> new ReplicaMessage.Yield(7, seat, PLACEMENT, length)),
        Combinators.combine(number(), number(), small(), number(), items())
            .as(
                (seat, stream, attempt, index, item) ->
                    new ReplicaMessage.Copy(7, seat, PLACEMENT, stream, attempt, index, item)),
        Combinators.combine(number(), number(), small(), number(), Arbitraries.of(Verdict.values()))
            .as(
                (seat, stream, attempt, next, verdict) ->
                    new ReplicaMessage.CopyAck(7, seat, stream, attempt, next, verdict)));
  }

  private static Arbitrary<ReplicaMessage> followed() {
    Arbitrary<ReplicaMessage.FollowedWrite> write =
        Combinators.combine(number(), traces()).as(ReplicaMessage.FollowedWrite::new);
    return Combinators.combine(number(), write.list().ofMaxSize(ReplicaMessage.FOLLOWED_MAX))
        .as((seat, writes) -> new ReplicaMessage.Followed(7, seat, writes));
  }

  private static Arbitrary<TraceContext> traces() {
    Arbitrary<Long> number = Arbitraries.longs().filter(value -> value != 0);
    return Combinators.combine(Arbitraries.longs(), number, number, Arbitraries.bytes())
        .as(TraceContext::new);
  }

  @Example
  void refusesMoreFollowedWritesThanThereMayBe() {
    TraceContext trace = TraceContext.sampled(1, 2, 3);
    List<ReplicaMessage.FollowedWrite> tooMany =
        Collections.nCopies(
            ReplicaMessage.FOLLOWED_MAX + 1, new ReplicaMessage.FollowedWrite(1, trace));
    byte[] bytes = written(new ReplicaMessage.Followed(7, 1, tooMany));
    assertThatThrownBy(() -> ReplicaMessageCodec.read(new WireReader(bytes)))
        .isInstanceOf(WireException.class)
        .hasMessage("too many writes are followed: writes=65, max=64");
  }

  private static Arbitrary<ReplicaMessage> appends() {
    return Combinators.combine(
            number(),
            Arbitraries.of(PLACEMENT).injectNull(0.5),
            number(),
            writes(),
            number(),
            Arbitraries.longs(),
            digest().injectNull(0.5))
        .as(
            (seat, placement, base, writes, commit, sent, digest) ->
                new ReplicaMessage.Append(
                    7,
                    seat,
                    PLACEMENT.epoch(),
                    placement,
                    base,
                    numbered(writes, base),
                    commit,
                    (sent & 1) == 0,
                    sent,
                    1_700_000_000_000L,
                    commit,
                    digest));
  }

  private static List<LoggedWrite> numbered(List<LoggedWrite> writes, long base) {
    List<LoggedWrite> numbered = new ArrayList<>();
    for (LoggedWrite write : writes) {
      numbered.add(
          new LoggedWrite(
              base + 1 + numbered.size(),
              write.seat(),
              write.wallMillis(),
              write.origin(),
              write.change()));
    }
    return numbered;
  }

  private static Arbitrary<CopyItem> items() {
    return Arbitraries.oneOf(
        Combinators.combine(number(), Arbitraries.longs(), clients().list().ofMaxSize(4))
            .as(CopyItem.Reset::new),
        clients().list().ofMaxSize(4).map(CopyItem.Clients::new),
        Combinators.combine(name(), entries().list().ofMaxSize(5))
            .as(ReplicaMessageCodecPropertyTest::packed),
        writes().map(CopyItem.Writes::new),
        Combinators.combine(number(), number(), digest()).as(CopyItem.End::new),
        Arbitraries.of(CopyItem.Resume.INSTANCE));
  }

  private static CopyItem packed(String map, List<Answer.Item> entries) {
    ChunkPacker packer = new ChunkPacker(16);
    for (Answer.Item entry : entries) {
      byte[] value = requireNonNull(entry.value());
      packer.add(entry.key(), value, entry.version(), entry.deadlineMillis());
    }
    return packer.chunk(map);
  }

  private static Arbitrary<Answer.Item> entries() {
    return Combinators.combine(bytes(), bytes(), number(), Arbitraries.longs())
        .as(Answer.Item::new);
  }

  private static Arbitrary<CopyItem.ClientAnswers> clients() {
    return Combinators.combine(
            Arbitraries.longs(), number(), Arbitraries.longs(), number().list().ofMaxSize(4))
        .as(
            (client, done, patience, seqs) ->
                new CopyItem.ClientAnswers(
                    client,
                    done,
                    patience,
                    seqs,
                    seqs.stream().<Answer>map(Answer.Amount::new).toList()));
  }

  private static Arbitrary<List<LoggedWrite>> writes() {
    return Combinators.combine(number(), number(), Arbitraries.longs(), origins(), changes())
        .as(LoggedWrite::new)
        .list()
        .ofMaxSize(5);
  }

  private static Arbitrary<@Nullable Origin> origins() {
    return Combinators.combine(
            Arbitraries.longs(), number(), number(), Arbitraries.longs(), answers())
        .as(Origin::new)
        .injectNull(0.3);
  }

  private static Arbitrary<Answer> answers() {
    return Arbitraries.oneOf(
        Arbitraries.of(Answer.Done.INSTANCE),
        Arbitraries.longs().map(Answer.Amount::new),
        Combinators.combine(flag(), number(), bytes().injectNull(0.5)).as(Answer.Stored::new));
  }

  private static Arbitrary<Change> changes() {
    return Arbitraries.oneOf(parts(), parts().list().ofMaxSize(4).map(Change.Batch::new));
  }

  private static Arbitrary<Change> parts() {
    return Arbitraries.oneOf(
        Arbitraries.of(Change.None.INSTANCE),
        Combinators.combine(name(), bytes(), bytes(), Arbitraries.longs()).as(Change.Put::new),
        Combinators.combine(name(), bytes(), Arbitraries.longs()).as(Change.Expire::new),
        Combinators.combine(name(), bytes()).as(Change.Remove::new),
        name().map(Change.Clear::new),
        Arbitraries.longs().map(Change.DropClient::new));
  }

  private static Arbitrary<Digest> digest() {
    return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(Digest::new);
  }

  private static Arbitrary<byte[]> bytes() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
  }

  private static Arbitrary<String> name() {
    return Arbitraries.strings().withCharRange(' ', '\u04ff').ofMaxLength(20);
  }

  private static Arbitrary<Long> number() {
    return Arbitraries.longs().between(0, 1L << 50);
  }

  private static Arbitrary<Integer> small() {
    return Arbitraries.integers().between(0, 1_000);
  }

  private static Arbitrary<Boolean> flag() {
    return Arbitraries.of(true, false);
  }
}
