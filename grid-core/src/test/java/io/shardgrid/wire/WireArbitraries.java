package io.shardgrid.wire;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.key.Charter;
import io.shardgrid.key.Digest;
import io.shardgrid.key.EvictionPolicy;
import io.shardgrid.key.MapSettings;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.trace.TraceContext;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** Arbitrary messages of every kind. */
final class WireArbitraries {

  private WireArbitraries() {}

  static Arbitrary<byte[]> bytes() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
  }

  private static Arbitrary<byte @Nullable []> nullable() {
    return bytes().injectNull(0.2);
  }

  private static Arbitrary<List<byte[]>> keys() {
    return bytes().list().ofMaxSize(20);
  }

  private static Arbitrary<Boolean> flag() {
    return Arbitraries.of(true, false);
  }

  private static Arbitrary<String> name() {
    return Arbitraries.strings().withCharRange(' ', '\u04ff').ofMaxLength(80);
  }

  private static Arbitrary<Integer> small() {
    return Arbitraries.integers().greaterOrEqual(0);
  }

  private static Arbitrary<Integer> port() {
    return Arbitraries.integers().between(0, 65535);
  }

  private static Arbitrary<Condition> condition() {
    return Arbitraries.oneOf(
        Arbitraries.of(Condition.ALWAYS, Condition.ABSENT, Condition.PRESENT),
        bytes().map(Condition::valueIs),
        Arbitraries.longs().map(Condition::versionIs));
  }

  private static Arbitrary<Expiry> expiry() {
    return Arbitraries.oneOf(
        Arbitraries.of(Expiry.NEVER, Expiry.KEEP),
        Arbitraries.longs().map(Expiry::after),
        Arbitraries.longs().map(Expiry::at));
  }

  static Arbitrary<Request> request() {
    return Arbitraries.of(Request.Kind.values()).flatMap(WireArbitraries::request);
  }

  static Arbitrary<Request> request(Request.Kind kind) {
    return switch (kind) {
      case GET -> bytes().map(Request.Get::new);
      case PEEK -> bytes().map(Request.Peek::new);
      case PUT ->
          Combinators.combine(bytes(), bytes(), expiry(), condition(), flag()).as(Request.Put::new);
      case REMOVE -> Combinators.combine(bytes(), condition(), flag()).as(Request.Remove::new);
      case EXPIRE -> Combinators.combine(bytes(), expiry(), flag()).as(Request.Expire::new);
      case ADD -> Combinators.combine(bytes(), Arbitraries.longs()).as(Request.Add::new);
      case APPEND -> Combinators.combine(bytes(), bytes()).as(Request.Append::new);
      case GET_ALL -> keys().map(Request.GetAll::new);
      case PUT_ALL ->
          Combinators.combine(keys(), expiry()).as((all, to) -> new Request.PutAll(all, all, to));
      case REMOVE_ALL -> keys().map(Request.RemoveAll::new);
      case COUNT_ALL -> keys().map(Request.CountAll::new);
      case SIZE -> Arbitraries.just(new Request.Size());
      case CLEAR -> Arbitraries.just(new Request.Clear());
      case CLEAR_ALL -> Arbitraries.just(new Request.ClearAll());
      case SCAN -> Combinators.combine(Arbitraries.longs(), small(), flag()).as(Request.Scan::new);
      case EXPORT -> Combinators.combine(position(), small()).as(Request.Export::new);
      case DESCRIBE -> Arbitraries.just(new Request.Describe());
      case INVOKE ->
          Combinators.combine(
                  bytes(),
                  name(),
                  name(),
                  Arbitraries.longs().array(long[].class).ofMaxSize(4),
                  keys())
              .as(Request.Invoke::new);
    };
  }

  static Arbitrary<Operation> operation() {
    Arbitrary<long[]> numbers = Arbitraries.longs().array(long[].class).ofSize(6);
    return Combinators.combine(name(), small(), numbers, request(), trace().injectNull(0.5))
        .as(
            (map, shard, n, request, trace) ->
                new Operation(map, shard, n[0], n[1], n[2], n[3], n[4], n[5], request)
                    .under(trace));
  }

  public static Arbitrary<TraceContext> trace() {
    Arbitrary<Long> number = Arbitraries.longs().filter(value -> value != 0);
    return Combinators.combine(Arbitraries.longs(), number, number, Arbitraries.bytes())
        .as(TraceContext::new);
  }

  static Arbitrary<NodeId> node() {
    return Combinators.combine(name(), port(), Arbitraries.longs()).as(NodeId::new);
  }

  static Arbitrary<PlacementEntry> placement() {
    Arbitrary<long[]> numbers = Arbitraries.longs().array(long[].class).ofSize(3);
    return Combinators.combine(small(), numbers, node().injectNull(0.2), node().list().ofMaxSize(4))
        .as(
            (shard, n, primary, inSync) ->
                new PlacementEntry(shard, n[0], n[1], n[2], primary, inSync));
  }

  static Arbitrary<MemberView> member() {
    return Combinators.combine(
            node(),
            name(),
            name(),
            small(),
            port(),
            port(),
            port(),
            Arbitraries.of(MemberView.Standing.values()))
        .as(MemberView::new);
  }

  static Arbitrary<Charter> charter() {
    return Combinators.combine(name(), small(), small(), Arbitraries.longs()).as(Charter::new);
  }

  private static Arbitrary<Answer.Item> item() {
    return Combinators.combine(bytes(), nullable(), Arbitraries.longs(), Arbitraries.longs())
        .as(Answer.Item::new);
  }

  static Arbitrary<Answer> answer() {
    return Arbitraries.of(Answer.Kind.values()).flatMap(WireArbitraries::answer);
  }

  static Arbitrary<Answer> answer(Answer.Kind kind) {
    return switch (kind) {
      case DONE -> Arbitraries.just(Answer.Done.INSTANCE);
      case ABSENT -> Arbitraries.just(Answer.Absent.INSTANCE);
      case ENTRY -> entry();
      case STORED ->
          Combinators.combine(flag(), Arbitraries.longs(), nullable()).as(Answer.Stored::new);
      case AMOUNT -> Arbitraries.longs().map(Answer.Amount::new);
      case VALUES -> nullable().list().ofMaxSize(20).map(Answer.Values::new);
      case PAGE ->
          Combinators.combine(Arbitraries.longs(), item().list().ofMaxSize(20))
              .as(Answer.Page::new);
      case MOVED -> placement().map(Answer.Moved::new);
      case LATER -> Arbitraries.strings().ofMaxLength(200).map(WireArbitraries::later);
      case FAILED ->
          Combinators.combine(Arbitraries.of(FailureCode.values()), name()).as(Answer.Failed::new);
      case EXPORTED ->
          Combinators.combine(
                  position(),
                  Arbitraries.longs(),
                  name(),
                  small(),
                  bytes(),
                  Arbitraries.integers(),
                  changed().list().ofMaxSize(20),
                  description().injectNull(0.5))
              .as(Answer.Exported::new);
      case DESCRIPTION -> description().map(Answer.class::cast);
      case RESULT -> Combinators.combine(Arbitraries.longs(), nullable()).as(Answer.Result::new);
    };
  }

  private static Arbitrary<ExportPosition> position() {
    Arbitrary<long[]> numbers = Arbitraries.longs().array(long[].class).ofSize(3);
    return Combinators.combine(numbers, small())
        .as((n, map) -> new ExportPosition(n[0], n[1], map, n[2]));
  }

  private static Arbitrary<Answer.Changed> changed() {
    return Combinators.combine(
            name(), nullable(), nullable(), Arbitraries.longs(), Arbitraries.longs())
        .as(Answer.Changed::new);
  }

  private static Arbitrary<Answer.Description> description() {
    Arbitrary<long[]> numbers = Arbitraries.longs().array(long[].class).ofSize(6);
    Arbitrary<Answer.MapLine> line =
        Combinators.combine(name(), numbers, Arbitraries.of(EvictionPolicy.values()))
            .as(
                (map, n, policy) ->
                    new Answer.MapLine(
                        map,
                        n[0],
                        n[1],
                        n[2],
                        n[3],
                        new Digest(n[4], n[5]),
                        new MapSettings(policy, n[0])));
    return Combinators.combine(numbers, line.list().ofMaxSize(5))
        .as((n, maps) -> new Answer.Description(n[0], n[1], new Digest(n[2], n[3]), maps));
  }

  /** Lone surrogates have no form in UTF-8. */
  private static Answer later(String text) {
    return new Answer.Later(text.replaceAll("\\p{Cs}", ""));
  }

  private static Arbitrary<Answer> entry() {
    Arbitrary<long[]> numbers = Arbitraries.longs().array(long[].class).ofSize(3);
    return Combinators.combine(nullable(), small(), numbers)
        .as(
            (value, length, n) ->
                new Answer.Entry(value, value == null ? length : value.length, n[0], n[1], n[2]));
  }
}
