package io.shardgrid.client.mirror;

/**
 * What a caller calls its operations, carried in the name of the map on the way through the
 * mirror's router: one order for all operations of a shard, tagged or not. Immutable.
 *
 * @param map the name by which the clusters know it
 * @param tag empty for none
 */
record Tag(String map, String tag) {

  private static final char MARK = '\0';

  /** What the router is given; a map whose name begins with the mark is marked too. */
  static String marked(String map, String tag) {
    if (tag.isEmpty() && (map.isEmpty() || map.charAt(0) != MARK)) {
      return map;
    }
    if (tag.indexOf(MARK) >= 0) {
      throw new IllegalArgumentException("A tag has no character NUL: tag=" + tag);
    }
    return MARK + tag + MARK + map;
  }

  static Tag of(String marked) {
    if (marked.isEmpty() || marked.charAt(0) != MARK) {
      return new Tag(marked, "");
    }
    int end = marked.indexOf(MARK, 1);
    return end < 0
        ? new Tag(marked, "")
        : new Tag(marked.substring(end + 1), marked.substring(1, end));
  }
}
