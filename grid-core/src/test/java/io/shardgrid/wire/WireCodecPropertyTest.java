package io.shardgrid.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.shardgrid.key.Charter;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.HandshakeCodec.Hello;
import io.shardgrid.wire.HandshakeCodec.Refusal;
import io.shardgrid.wire.HandshakeCodec.Reject;
import io.shardgrid.wire.HandshakeCodec.Welcome;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WireCodecPropertyTest {

  private final MapNames names = new MapNames(4);

  @Provide
  Arbitrary<List<Operation>> operations() {
    return WireArbitraries.operation().list().ofMinSize(1).ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<Answer>> answers() {
    return WireArbitraries.answer().list().ofMinSize(1).ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<PlacementEntry>> placements() {
    return WireArbitraries.placement().list().ofMaxSize(8);
  }

  @Provide
  Arbitrary<List<MemberView>> members() {
    return WireArbitraries.member().list().ofMaxSize(4);
  }

  @Provide
  Arbitrary<Charter> charters() {
    return WireArbitraries.charter();
  }

  @Provide
  Arbitrary<byte[]> garbage() {
    return WireArbitraries.bytes();
  }

  @Property(tries = 500)
  void operationsComeBackWithTheTimeThatIsLeft(
      @ForAll("operations") List<Operation> operations, @ForAll long here, @ForAll long there) {
    WireWriter out = new WireWriter(0);
    for (Operation operation : operations) {
      int before = out.length();
      OperationCodec.write(out, operation, here);
      assertThat(out.length() - before).isBetween(4, OperationCodec.bytesMax(operation));
    }
    WireReader in = new WireReader(out.toBytes(), names);
    for (Operation operation : operations) {
      Operation back = OperationCodec.read(in, there);
      assertThat(back)
          .usingRecursiveComparison()
          .ignoringFields("deadlineNanos")
          .isEqualTo(operation);
      assertThat(OperationCodec.bytesMax(back))
          .as("credits are counted at both ends")
          .isEqualTo(OperationCodec.bytesMax(operation));
      long left = operation.deadlineNanos() - here;
      assertThat(back.deadlineNanos()).isEqualTo(Operation.givenUpNanos(there, left));
    }
    assertThat(in.isReadable()).isFalse();
  }

  @Property(tries = 500)
  void answersComeBackWithTheirNames(
      @ForAll("answers") List<Answer> answers, @ForAll long client, @ForAll long seq) {
    WireWriter out = new WireWriter(0);
    for (Answer answer : answers) {
      int before = out.length();
      AnswerCodec.write(out, 17, client, seq, answer);
      assertThat(out.length() - before).isBetween(4, AnswerCodec.bytesMax(answer));
    }
    List<Answer> back = new ArrayList<>();
    WireReader in = new WireReader(out.toBytes());
    while (in.isReadable()) {
      AnswerCodec.read(
          in,
          (shard, toClient, toSeq, answer) -> {
            assertThat(shard).isEqualTo(17);
            assertThat(toClient).isEqualTo(client);
            assertThat(toSeq).isEqualTo(seq);
            back.add(answer);
          });
    }
    assertThat(back).usingRecursiveComparison().isEqualTo(answers);
  }

  @Property(tries = 200)
  void placementsMembersAndChartersComeBack(
      @ForAll("placements") List<PlacementEntry> entries,
      @ForAll("members") List<MemberView> members,
      @ForAll("charters") Charter charter) {
    WireWriter out = new WireWriter(0);
    PlacementCodec.writeEntries(out, entries);
    PlacementCodec.writeMembers(out, members);
    PlacementCodec.writeCharter(out, charter);
    WireReader in = new WireReader(out.toBytes());
    assertThat(PlacementCodec.readEntries(in)).isEqualTo(entries);
    assertThat(PlacementCodec.readMembers(in)).isEqualTo(members);
    assertThat(PlacementCodec.readCharter(in)).isEqualTo(charter);
    assertThat(in.isReadable()).isFalse();
  }

  @Property(tries = 200)
  void handshakesComeBack(@ForAll("members") List<MemberView> members) {
    for (MemberView member : members) {
      Hello hello =
          new Hello(member.name(), member.id(), member.id(), Math.max(4096, member.weight()));
      WireWriter out = new WireWriter(0);
      HandshakeCodec.writeHello(out, hello);
      WireReader in = new WireReader(out.toBytes());
      assertThat(HandshakeCodec.readVersion(in)).isEqualTo(WireFormat.VERSION);
      assertThat(HandshakeCodec.readHello(in)).isEqualTo(hello);
      Welcome welcome =
          new Welcome(
              member.id(),
              Math.max(4096, member.weight()),
              1 + member.weight(),
              2L + (member.id().uid() >>> 2));
      out.clear(0);
      HandshakeCodec.writeWelcome(out, welcome);
      assertThat(HandshakeCodec.readWelcome(new WireReader(out.toBytes()))).isEqualTo(welcome);
      Reject reject = new Reject(Refusal.CLUSTER, member.name());
      out.clear(0);
      HandshakeCodec.writeReject(out, reject);
      assertThat(HandshakeCodec.readReject(new WireReader(out.toBytes()))).isEqualTo(reject);
    }
  }

  @Property(tries = 100)
  void truncatedMessagesAreRefused(
      @ForAll("operations") List<Operation> operations, @ForAll("answers") List<Answer> answers) {
    WireWriter out = new WireWriter(0);
    OperationCodec.write(out, operations.get(0), 0);
    everyTruncation(out.toBytes(), in -> OperationCodec.read(in, 0));
    out.clear(0);
    AnswerCodec.write(out, 1, 2, 3, answers.get(0));
    everyTruncation(out.toBytes(), in -> AnswerCodec.read(in, (shard, client, seq, back) -> {}));
  }

  /** Cuts an item off at each length, once as it is and once with a length that fits. */
  private static void everyTruncation(byte[] whole, Consumer<WireReader> reader) {
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThat(isRefused(cut, reader)).isTrue();
      if (length >= WireFormat.LENGTH_BYTES) {
        ByteBuffer.wrap(cut).putInt(0, length - WireFormat.LENGTH_BYTES);
        assertThat(isRefused(cut, reader)).isTrue();
      }
    }
  }

  @Property(tries = 100)
  void damagedMessagesAreReadOrRefusedAndNothingElse(
      @ForAll("operations") List<Operation> operations,
      @ForAll("answers") List<Answer> answers,
      @ForAll("placements") List<PlacementEntry> entries,
      @ForAll long seed) {
    Random random = new Random(seed);
    WireWriter out = new WireWriter(0);
    OperationCodec.write(out, operations.get(0), 0);
    everyDamage(out.toBytes(), random, damaged -> OperationCodec.read(damaged, 0));
    out.clear(0);
    AnswerCodec.write(out, 1, 2, 3, answers.get(0));
    everyDamage(
        out.toBytes(),
        random,
        damaged -> AnswerCodec.read(damaged, (shard, client, seq, back) -> {}));
    out.clear(0);
    PlacementCodec.writeEntries(out, entries);
    everyDamage(out.toBytes(), random, PlacementCodec::readEntries);
  }

  private static void everyDamage(byte[] whole, Random random, Consumer<WireReader> reader) {
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] = (byte) random.nextInt();
      isRefused(damaged, reader);
    }
  }

  @Property(tries = 500)
  void garbageIsReadOrRefusedAndNothingElse(@ForAll("garbage") byte[] garbage) {
    assertThatCode(
            () -> {
              isRefused(garbage, PlacementCodec::readEntries);
              isRefused(garbage, PlacementCodec::readMembers);
              isRefused(garbage, PlacementCodec::readCharter);
              isRefused(garbage, HandshakeCodec::readVersion);
              isRefused(garbage, HandshakeCodec::readHello);
              isRefused(garbage, HandshakeCodec::readWelcome);
              isRefused(garbage, HandshakeCodec::readReject);
            })
        .doesNotThrowAnyException();
  }

  /** Whether the reader throws a WireException; every other exception fails the test. */
  private static boolean isRefused(byte[] bytes, Consumer<WireReader> reader) {
    try {
      reader.accept(new WireReader(bytes));
      return false;
    } catch (WireException e) {
      assertThat(e.getMessage()).isNotBlank();
      return true;
    }
  }
}
