package io.shardgrid.wire;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.fuzz.FuzzTarget;
import io.shardgrid.fuzz.Parts;
import io.shardgrid.key.Charter;
import io.shardgrid.key.Digest;
import io.shardgrid.key.EvictionPolicy;
import io.shardgrid.key.MapSettings;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What nodes and clients send in the binary form: it is read or refused; what was read is written
 * in no more bytes than was promised, and comes back.
 */
final class WireTarget implements FuzzTarget {

  /* An input: which kind of thing it is (1 byte), and that; an item without its length, unless
   * bit 4 of the first byte is set. */

  private static final long NOW = 1L << 40;

  /** One kind of thing. */
  private interface Form {
    /** Reads it, and writes it again; how many bytes it said it would need at most. */
    int copy(WireReader in, WireWriter out);
  }

  private static final List<Form> FORMS =
      List.of(
          WireTarget::operation,
          WireTarget::answer,
          WireTarget::hello,
          WireTarget::welcome,
          WireTarget::challenge,
          WireTarget::proof,
          WireTarget::reject,
          WireTarget::topology,
          WireTarget::placement);

  /** The first ones are items, with a length before them. */
  private static final int ITEMS = 2;

  private static int operation(WireReader in, WireWriter out) {
    Operation read = OperationCodec.read(in, NOW);
    in.requireEnd();
    requireTime(read.deadlineNanos());
    // What is given up later than by its client is not written again: the time of the client is.
    Operation sent =
        new Operation(
            read.map(),
            read.shard(),
            read.client(),
            read.seq(),
            read.doneBelow(),
            read.minEpoch(),
            read.ageMillis(),
            NOW + 1000,
            read.request());
    OperationCodec.write(out, sent, NOW);
    return OperationCodec.bytesMax(sent);
  }

  /** Whatever time an operation claims to have: what is overdue stays so, none lives for ever. */
  private static void requireTime(long deadlineNanos) {
    boolean isOverdue = deadlineNanos - NOW <= 0;
    boolean isOverdueLater = deadlineNanos - (NOW + 1_000_000_000L) <= 0;
    if (isOverdue && !isOverdueLater) {
      throw new AssertionError("comes to life again: deadlineNanos=" + deadlineNanos);
    }
  }

  private static int answer(WireReader in, WireWriter out) {
    int[] bytesMax = {0};
    AnswerCodec.read(
        in,
        (shard, client, seq, answer) -> {
          AnswerCodec.write(out, shard, client, seq, answer);
          bytesMax[0] = AnswerCodec.bytesMax(answer);
        });
    in.requireEnd();
    return bytesMax[0];
  }

  private static int hello(WireReader in, WireWriter out) {
    if (HandshakeCodec.readVersion(in) != WireFormat.VERSION) {
      throw new WireException("another version");
    }
    HandshakeCodec.writeHello(out, HandshakeCodec.readHello(in));
    return Integer.MAX_VALUE;
  }

  private static int welcome(WireReader in, WireWriter out) {
    HandshakeCodec.writeWelcome(out, HandshakeCodec.readWelcome(in));
    return Integer.MAX_VALUE;
  }

  private static int challenge(WireReader in, WireWriter out) {
    HandshakeCodec.writeChallenge(out, HandshakeCodec.readChallenge(in));
    return Integer.MAX_VALUE;
  }

  private static int proof(WireReader in, WireWriter out) {
    HandshakeCodec.writeProof(out, HandshakeCodec.readProof(in));
    return Integer.MAX_VALUE;
  }

  private static int reject(WireReader in, WireWriter out) {
    HandshakeCodec.writeReject(out, HandshakeCodec.readReject(in));
    return Integer.MAX_VALUE;
  }

  private static int topology(WireReader in, WireWriter out) {
    TopologyCodec.write(out, TopologyCodec.read(in));
    return Integer.MAX_VALUE;
  }

  private static int placement(WireReader in, WireWriter out) {
    PlacementEntry entry = PlacementCodec.readEntry(in);
    in.requireEnd();
    PlacementCodec.writeEntry(out, entry);
    return (int) PlacementCodec.bytesMax(entry);
  }

  @Override
  public boolean run(byte[] input) {
    if (input.length == 0) {
      return false;
    }
    int kind = (input[0] & 0x0F) % FORMS.size();
    Form form = FORMS.get(kind);
    byte[] first;
    try {
      first = copied(form, thing(input, kind));
    } catch (WireException e) {
      return false;
    }
    byte[] second = copied(form, first);
    if (!Arrays.equals(first, second)) {
      throw new AssertionError("does not come back: " + Arrays.toString(first));
    }
    return true;
  }

  private static byte[] thing(byte[] input, int kind) {
    byte[] thing = Arrays.copyOfRange(input, 1, input.length);
    boolean lacksLength = kind < ITEMS && (input[0] & 0x10) == 0;
    return lacksLength ? Parts.behindLengths(List.of(thing)) : thing;
  }

  private static byte[] copied(Form form, byte[] bytes) {
    WireWriter out = new WireWriter(64);
    int bytesMax = form.copy(new WireReader(bytes), out);
    if (out.length() > bytesMax) {
      throw new AssertionError("longer than it may be: " + out.length() + " > " + bytesMax);
    }
    return out.toBytes();
  }

  // ---- seeds

  private static final byte[] KEY = {1, 2, 3};
  private static final NodeId A = new NodeId("127.0.0.1", 10171, -42);
  private static final NodeId B = new NodeId("host-b", 10172, 7);
  private static final PlacementEntry ENTRY =
      new PlacementEntry(5, 9L << 32, 8L << 32, 7L << 32, A, List.of(A, B));

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (Request request : requests()) {
      seeds.add(
          seed(
              0,
              out ->
                  OperationCodec.write(
                      out,
                      new Operation("cities", 3, 7, 12, 10, 1L << 32, 5, NOW + 5_000, request),
                      NOW)));
    }
    seeds.add(
        seed(
            0,
            out ->
                OperationCodec.write(
                    out,
                    new Operation(
                        "cities", 3, 7, 12, 10, 1L << 32, 5, Long.MIN_VALUE, requests().get(0)),
                    0)));
    for (Answer answer : answers()) {
      seeds.add(seed(1, out -> AnswerCodec.write(out, 3, 7, 12, answer)));
    }
    addHandshakes(seeds);
    MemberView member = new MemberView(A, "a", "z", 100, 1, 2, 3, MemberView.Standing.UP);
    seeds.add(
        seed(
            7,
            out ->
                TopologyCodec.write(
                    out,
                    new Topology(new Charter("c", 16, 1, 42), List.of(member), List.of(ENTRY)))));
    seeds.add(seed(8, out -> PlacementCodec.writeEntry(out, ENTRY)));
    return seeds;
  }

  private static void addHandshakes(List<byte[]> seeds) {
    seeds.add(
        seed(
            2,
            out -> HandshakeCodec.writeHello(out, new HandshakeCodec.Hello("c", A, B, 16 << 20))));
    seeds.add(
        seed(
            3,
            out ->
                HandshakeCodec.writeWelcome(
                    out, new HandshakeCodec.Welcome(A, 16 << 20, 16_384, 64L << 20))));
    seeds.add(seed(4, out -> HandshakeCodec.writeChallenge(out, new byte[32])));
    seeds.add(
        seed(
            5,
            out ->
                HandshakeCodec.writeProof(
                    out, new HandshakeCodec.Proof(new byte[32], new byte[32]))));
    seeds.add(
        seed(
            6,
            out ->
                HandshakeCodec.writeReject(
                    out, new HandshakeCodec.Reject(HandshakeCodec.Refusal.CLUSTER, "cluster=a"))));
  }

  private interface Writing {
    void to(WireWriter out);
  }

  private static byte[] seed(int form, Writing writing) {
    WireWriter out = new WireWriter(64);
    out.writeByte(form);
    writing.to(out);
    byte[] bytes = out.toBytes();
    if (form < ITEMS) {
      byte[] item = Arrays.copyOfRange(bytes, WireFormat.LENGTH_BYTES, bytes.length);
      item[0] = (byte) form;
      return item;
    }
    return bytes;
  }

  private static List<Request> requests() {
    List<byte[]> keys = List.of(KEY, new byte[0]);
    return List.of(
        new Request.Get(KEY),
        new Request.Put(KEY, KEY, Expiry.after(5), Condition.valueIs(KEY), true),
        new Request.Put(KEY, KEY, Expiry.at(5), Condition.versionIs(9), false),
        new Request.Peek(KEY),
        new Request.Remove(KEY, Condition.PRESENT, true),
        new Request.Expire(KEY, Expiry.KEEP, true),
        new Request.Add(KEY, -3),
        new Request.Append(KEY, KEY),
        new Request.GetAll(keys),
        new Request.PutAll(keys, keys, Expiry.NEVER),
        new Request.RemoveAll(keys),
        new Request.CountAll(keys),
        new Request.Size(),
        new Request.ClearAll(),
        new Request.Scan(1L << 60, 100, true),
        new Request.Export(new ExportPosition(1L << 32, 9, 1, 1L << 50), 1 << 20),
        new Request.Describe());
  }

  private static List<Answer> answers() {
    Answer.MapLine line =
        new Answer.MapLine(
            "m", 1, 1, 9, 64, new Digest(1, 2), new MapSettings(EvictionPolicy.LRU, 1 << 20));
    Answer.Description end = new Answer.Description(9, 5, new Digest(3, 4), List.of(line));
    return List.of(
        Answer.Done.INSTANCE,
        new Answer.Entry(KEY, 3, 5, 77, 7),
        new Answer.Entry(null, 3, 5, 0, -1),
        new Answer.Stored(true, 5, KEY),
        new Answer.Amount(-1),
        new Answer.Values(Arrays.asList(KEY, null)),
        new Answer.Page(5, List.of(new Answer.Item(KEY, null, 1, 0))),
        new Answer.Moved(ENTRY),
        new Answer.Later("full"),
        new Answer.Failed(FailureCode.OVERLOADED, "why"),
        new Answer.Exported(
            ExportPosition.START,
            1,
            "m",
            0,
            new byte[0],
            3,
            List.of(new Answer.Changed("m", KEY, null, 4, 0)),
            end),
        end);
  }
}
