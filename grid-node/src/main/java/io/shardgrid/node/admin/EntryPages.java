package io.shardgrid.node.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.shardgrid.key.Slot;
import io.shardgrid.node.access.GridAccess;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Request;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The pages by which single entries are looked at and changed. Without state. */
final class EntryPages {

  private static final String MAP = "map";
  private static final String KEY = "key";
  private static final String HEX = "hex";
  private static final Set<String> ONE = Set.of(MAP, KEY, HEX);
  private static final int SCAN_DEFAULT = 50;
  private static final int SCAN_MAX = 200;
  private static final int TTL_SECONDS_MAX = Integer.MAX_VALUE;

  private EntryPages() {}

  /** What can be read, by path. */
  static Map<String, Recipe> reads() {
    return Map.of(
        "/entries",
        new Recipe(
            "one entry: map=NAME&key=KEY; with hex=true the key is in hexadecimal digits",
            ONE,
            EntryPages::get),
        "/entries/scan",
        new Recipe(
            "entries of map=NAME, some at a time: limit=N up to %d, prefix=TEXT, cursor= as told"
                .formatted(SCAN_MAX),
            Set.of(MAP, "cursor", "limit", "prefix"),
            EntryPages::scan));
  }

  /** What changes something, by path. */
  static Map<String, Recipe> actions() {
    return Map.of(
        "/entries/put",
        new Recipe(
            "POST: stores the body under map=NAME&key=KEY; ttl=SECONDS for an end",
            Set.of(MAP, KEY, HEX, "ttl"),
            EntryPages::put),
        "/entries/remove",
        new Recipe("POST: removes the entry of map=NAME&key=KEY", ONE, EntryPages::remove));
  }

  private static CompletionStage<Reply> get(GridAccess grid, Parameters parameters) {
    byte[] key = key(parameters);
    int shard = Slot.shardOf(Slot.of(key), grid.router().shards());
    String map = map(parameters);
    return Recipe.replied(
            ShardAnswer.of(grid, map, shard, new Request.Get(key)),
            answer ->
                answer instanceof Answer.Entry entry
                    ? EntryJson.of(grid, map, key, shard, entry)
                    : EntryJson.absent(grid, map, key, shard))
        .thenApply(EntryPages::orNotFound);
  }

  private static Reply orNotFound(Reply reply) {
    return reply.body() instanceof EntryJson json && !json.found()
        ? new Reply(HttpResponseStatus.NOT_FOUND, json)
        : reply;
  }

  private static CompletionStage<Reply> put(GridAccess grid, Parameters parameters) {
    byte[] key = key(parameters);
    int ttlSeconds = parameters.number("ttl", 0, TTL_SECONDS_MAX);
    Expiry expiry = ttlSeconds == 0 ? Expiry.NEVER : Expiry.after(1000L * ttlSeconds);
    return changed(
        grid,
        parameters,
        key,
        new Request.Put(key, parameters.body(), expiry, Condition.ALWAYS, false));
  }

  private static CompletionStage<Reply> remove(GridAccess grid, Parameters parameters) {
    byte[] key = key(parameters);
    return changed(grid, parameters, key, new Request.Remove(key, Condition.ALWAYS, false));
  }

  private static CompletionStage<Reply> changed(
      GridAccess grid, Parameters parameters, byte[] key, Request request) {
    int shard = Slot.shardOf(Slot.of(key), grid.router().shards());
    return Recipe.replied(
        ShardAnswer.of(grid, map(parameters), shard, request),
        answer ->
            new EntryJson.Changed(
                answer instanceof Answer.Stored stored && stored.applied(), shard));
  }

  private static CompletionStage<Reply> scan(GridAccess grid, Parameters parameters) {
    int limit = parameters.number("limit", SCAN_DEFAULT, SCAN_MAX);
    EntryScan scan =
        new EntryScan(
            grid, map(parameters), prefix(parameters), Math.max(1, limit), cursor(parameters));
    return Recipe.replied(scan.run(), page -> page);
  }

  private static List<Long> cursor(Parameters parameters) {
    List<String> texts = parameters.texts("cursor");
    if (texts.isEmpty()) {
      return List.of(0L, 0L);
    }
    String[] parts = texts.get(0).split("\\.", -1);
    try {
      return List.of(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new Parameters.Wrong("This is no cursor: cursor=" + texts.get(0));
    }
  }

  private static byte[] prefix(Parameters parameters) {
    return parameters.text("prefix", "").getBytes(StandardCharsets.UTF_8);
  }

  private static String map(Parameters parameters) {
    String map = parameters.text(MAP, "");
    if (map.isEmpty()) {
      throw new Parameters.Wrong("A map is wanted: parameter=map");
    }
    return map;
  }

  private static byte[] key(Parameters parameters) {
    String key = parameters.text(KEY, "");
    if (key.isEmpty()) {
      throw new Parameters.Wrong("A key is wanted: parameter=key");
    }
    if (!parameters.text(HEX, "").equals("true")) {
      return key.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return HexFormat.of().parseHex(key);
    } catch (IllegalArgumentException e) {
      throw new Parameters.Wrong("These are no hexadecimal digits: key=" + key);
    }
  }
}
