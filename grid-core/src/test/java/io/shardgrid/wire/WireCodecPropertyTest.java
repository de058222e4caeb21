package io.shardgrid.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.shardgrid.key.Charter;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.HandshakeCodec.Hello;
import io.shardgrid.wire.HandshakeCodec.Refusal;
import io.shardgrid.wire.HandshakeCodec.Reject;
import io.shardgrid.wire.HandshakeCodec.Welcome;
import java.util.ArrayList;
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
    ByteBuf bytes = Unpooled.buffer();
    for (Operation operation : operations) {
      int before = bytes.writerIndex();
      OperationCodec.write(bytes, operation, here);
      assertThat(bytes.writerIndex() - before).isBetween(4, OperationCodec.bytesMax(operation));
    }
    for (Operation operation : operations) {
      Operation back = OperationCodec.read(bytes, there, names);
      assertThat(back)
          .usingRecursiveComparison()
          .ignoringFields("deadlineNanos")
          .isEqualTo(operation);
      long left = operation.deadlineNanos() - here;
      assertThat(back.deadlineNanos()).isEqualTo(Operation.givenUpNanos(there, left));
    }
    assertThat(bytes.isReadable()).isFalse();
  }

  @Property(tries = 500)
  void answersComeBackWithTheirNames(
      @ForAll("answers") List<Answer> answers, @ForAll long client, @ForAll long seq) {
    ByteBuf bytes = Unpooled.buffer();
    for (Answer answer : answers) {
      int before = bytes.writerIndex();
      AnswerCodec.write(bytes, 17, client, seq, answer);
      assertThat(bytes.writerIndex() - before).isBetween(4, AnswerCodec.bytesMax(answer));
    }
    List<Answer> back = new ArrayList<>();
    while (bytes.isReadable()) {
      AnswerCodec.read(
          bytes,
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
    ByteBuf bytes = Unpooled.buffer();
    PlacementCodec.writeEntries(bytes, entries);
    PlacementCodec.writeMembers(bytes, members);
    PlacementCodec.writeCharter(bytes, charter);
    assertThat(PlacementCodec.readEntries(bytes)).isEqualTo(entries);
    assertThat(PlacementCodec.readMembers(bytes)).isEqualTo(members);
    assertThat(PlacementCodec.readCharter(bytes)).isEqualTo(charter);
    assertThat(bytes.isReadable()).isFalse();
  }

  @Property(tries = 200)
  void handshakesComeBack(@ForAll("members") List<MemberView> members) {
    for (MemberView member : members) {
      Hello hello =
          new Hello(member.name(), member.id(), member.id(), Math.max(4096, member.weight()));
      ByteBuf bytes = Unpooled.buffer();
      HandshakeCodec.writeHello(bytes, hello);
      assertThat(HandshakeCodec.readVersion(bytes)).isEqualTo(WireFormat.VERSION);
      assertThat(HandshakeCodec.readHello(bytes)).isEqualTo(hello);
      Welcome welcome = new Welcome(member.id(), Math.max(4096, member.weight()));
      HandshakeCodec.writeWelcome(bytes, welcome);
      assertThat(HandshakeCodec.readWelcome(bytes)).isEqualTo(welcome);
      Reject reject = new Reject(Refusal.CLUSTER, member.name());
      HandshakeCodec.writeReject(bytes, reject);
      assertThat(HandshakeCodec.readReject(bytes)).isEqualTo(reject);
    }
  }

  @Property(tries = 100)
  void truncatedMessagesAreRefused(
      @ForAll("operations") List<Operation> operations, @ForAll("answers") List<Answer> answers) {
    ByteBuf operation = Unpooled.buffer();
    OperationCodec.write(operation, operations.get(0), 0);
    everyTruncation(operation, bytes -> OperationCodec.read(bytes, 0, names));
    ByteBuf answer = Unpooled.buffer();
    AnswerCodec.write(answer, 1, 2, 3, answers.get(0));
    everyTruncation(answer, bytes -> AnswerCodec.read(bytes, (shard, client, seq, back) -> {}));
  }

  /** Cuts an item off at each length, once as it is and once with a length that fits. */
  private static void everyTruncation(ByteBuf whole, Consumer<ByteBuf> reader) {
    for (int length = 0; length < whole.readableBytes(); length++) {
      ByteBuf cut = whole.copy(0, length);
      assertThat(isRefused(cut.duplicate(), reader)).isTrue();
      if (length >= WireFormat.LENGTH_BYTES) {
        cut.setInt(0, length - WireFormat.LENGTH_BYTES);
        assertThat(isRefused(cut.duplicate(), reader)).isTrue();
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
    ByteBuf bytes = Unpooled.buffer();
    OperationCodec.write(bytes, operations.get(0), 0);
    everyDamage(bytes, random, damaged -> OperationCodec.read(damaged, 0, names));
    bytes.clear();
    AnswerCodec.write(bytes, 1, 2, 3, answers.get(0));
    everyDamage(
        bytes, random, damaged -> AnswerCodec.read(damaged, (shard, client, seq, back) -> {}));
    bytes.clear();
    PlacementCodec.writeEntries(bytes, entries);
    everyDamage(bytes, random, PlacementCodec::readEntries);
  }

  private static void everyDamage(ByteBuf whole, Random random, Consumer<ByteBuf> reader) {
    for (int i = 0; i < whole.readableBytes(); i++) {
      ByteBuf damaged = whole.copy();
      damaged.setByte(i, random.nextInt());
      isRefused(damaged, reader);
    }
  }

  @Property(tries = 500)
  void garbageIsReadOrRefusedAndNothingElse(@ForAll("garbage") byte[] garbage) {
    assertThatCode(
            () -> {
              isRefused(Unpooled.wrappedBuffer(garbage), PlacementCodec::readEntries);
              isRefused(Unpooled.wrappedBuffer(garbage), PlacementCodec::readMembers);
              isRefused(Unpooled.wrappedBuffer(garbage), PlacementCodec::readCharter);
              isRefused(Unpooled.wrappedBuffer(garbage), HandshakeCodec::readVersion);
              isRefused(Unpooled.wrappedBuffer(garbage), HandshakeCodec::readHello);
              isRefused(Unpooled.wrappedBuffer(garbage), HandshakeCodec::readWelcome);
              isRefused(Unpooled.wrappedBuffer(garbage), HandshakeCodec::readReject);
            })
        .doesNotThrowAnyException();
  }

  /** Whether the reader throws a WireException; every other exception fails the test. */
  private static boolean isRefused(ByteBuf bytes, Consumer<ByteBuf> reader) {
    try {
      reader.accept(bytes);
      return false;
    } catch (WireException e) {
      assertThat(e.getMessage()).isNotBlank();
      return true;
    }
  }
}
