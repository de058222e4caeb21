package io.shardgrid.ring;

import io.shardgrid.key.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says which nodes should hold a shard: consistent hashing with virtual nodes, weights and zones.
 *
 * <p>Immutable. Equal members give equal rings on every JVM, in whatever order they are handed in.
 * Building costs O(p log p) for p points, {@link #preference} at most O(p).
 */
public final class Ring {
  /*
   * Idea. Each member has (virtual nodes x weight) points on a circle of 64-bit numbers, each shard
   * has one. A shard belongs to the members met clockwise from its point, so a member that comes
   * takes shards only for itself, and one that goes leaves the order of the others as it was.
   *
   * A member's points come from its name and address, not from its incarnation: a node that was
   * started again finds the shards again that it had.
   *
   *   member: seed = mix(fnv1a("name@host:port"))        point i = mix(seed + i * GOLDEN)
   *   shard:                                             point   = mix(SHARDS + shard * GOLDEN)
   *
   * That is one SplitMix64 stream for each member and one for the shards. No String.hashCode (32
   * bits, and similar names land close together) and no MessageDigest (a provider could be missing).
   *
   * Sources
   * 1. Karger, Lehman, Leighton, Panigrahy, Levine, Lewin: Consistent Hashing and Random Trees,
   *    STOC 1997.
   * 2. Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014; mix() is
   *    mix64 of java.util.SplittableRandom (variant 13 of Stafford).
   * 3. Fowler, Noll, Vo: FNV-1a, 64 bits (draft-eastlake-fnv).
   */

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  /** The word "shards" in ASCII. */
  private static final long SHARDS = 0x736861726473L;

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final long[] points;

  /** The member of each point, and the zone of each member, by number. */
  private final int[] owners;

  private final int[] zones;
  private final int zoneCount;
  private final List<Member> members;

  private Ring(List<Member> members, List<Point> sorted) {
    this.members = members;
    points = sorted.stream().mapToLong(Point::at).toArray();
    owners = sorted.stream().mapToInt(Point::number).toArray();
    List<String> distinct = members.stream().map(Member::zone).distinct().toList();
    Map<String, Integer> numbers = new HashMap<>();
    distinct.forEach(zone -> numbers.put(zone, numbers.size()));
    zones = members.stream().mapToInt(member -> numbers.getOrDefault(member.zone(), 0)).toArray();
    zoneCount = distinct.size();
  }

  /**
   * A member of the ring. Immutable.
   *
   * @param id the member's incarnation; only its address counts for the points
   * @param name the name its operator gave it
   * @param zone failure domain
   * @param weight share of the shards relative to the others; 0 has no point
   */
  public record Member(NodeId id, String name, String zone, int weight) {

    public Member {
      if (weight < 0) {
        throw new IllegalArgumentException(
            "weight is negative: node=" + name + ", weight=" + weight);
      }
    }

    private long seed() {
      long hash = FNV_OFFSET;
      for (byte b : (name + "@" + id.address()).getBytes(StandardCharsets.UTF_8)) {
        hash = (hash ^ (b & 0xff)) * FNV_PRIME;
      }
      return mix(hash);
    }
  }

  /**
   * The ring of these members.
   *
   * @param virtualNodes points of a member for each unit of its weight, at least 1
   */
  public static Ring of(Collection<Member> members, int virtualNodes) {
    if (virtualNodes < 1) {
      throw new IllegalArgumentException("no virtual nodes: virtualNodes=" + virtualNodes);
    }
    List<Member> placed =
        members.stream().filter(member -> member.weight() > 0).distinct().toList();
    List<Point> sorted = new ArrayList<>();
    for (int number = 0; number < placed.size(); number++) {
      Member member = placed.get(number);
      long seed = member.seed();
      int count = Math.multiplyExact(virtualNodes, member.weight());
      for (int i = 0; i < count; i++) {
        sorted.add(new Point(mix(seed + i * GOLDEN), number, member));
      }
    }
    sorted.sort(Point.ORDER);
    return new Ring(placed, sorted);
  }

  /**
   * The nodes that should hold a shard, best first, each once: the owner, then the nearest of
   * another zone, and so on until every zone was met; then the next of each zone. Empty if no
   * member has weight.
   */
  public List<NodeId> preference(int shard) {
    int[] clockwise = clockwise(mix(SHARDS + shard * GOLDEN));
    // The first of each zone, then the second of each: in the order of the circle within a turn.
    int[] turns = new int[clockwise.length];
    int[] ofZone = new int[zoneCount];
    int[] starts = new int[clockwise.length + 1];
    for (int i = 0; i < clockwise.length; i++) {
      turns[i] = ofZone[zones[clockwise[i]]]++;
      starts[turns[i] + 1]++;
    }
    for (int turn = 1; turn < starts.length; turn++) {
      starts[turn] += starts[turn - 1];
    }
    NodeId[] order = new NodeId[clockwise.length];
    for (int i = 0; i < clockwise.length; i++) {
      order[starts[turns[i]]++] = members.get(clockwise[i]).id();
    }
    return List.of(order);
  }

  /** All members by number, in the order in which their first points are met from here. */
  private int[] clockwise(long from) {
    int found = Arrays.binarySearch(points, from);
    int start = found >= 0 ? found : -found - 1;
    boolean[] isMet = new boolean[members.size()];
    int[] met = new int[members.size()];
    int count = 0;
    for (int i = 0; count < met.length; i++) {
      int owner = owners[(start + i) % owners.length];
      if (!isMet[owner]) {
        isMet[owner] = true;
        met[count++] = owner;
      }
    }
    return met;
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  private record Point(long at, int number, Member member) {

    static final Comparator<Point> ORDER =
        Comparator.comparingLong(Point::at)
            .thenComparing(point -> point.member().name())
            .thenComparing(point -> point.member().id());
  }
}
