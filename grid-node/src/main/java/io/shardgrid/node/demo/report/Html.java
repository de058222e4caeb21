package io.shardgrid.node.demo.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes a page whose elements all end, in the order in which they should, and whose texts are
 * escaped: it is well-formed XML, too.
 *
 * <p>Confined to one call.
 */
final class Html {

  private final StringBuilder text = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** Begins an element of a class; empty for none. */
  Html begin(String tag, String kind) {
    text.append('<').append(tag);
    if (!kind.isEmpty()) {
      attribute("class", kind);
    }
    text.append('>');
    open.push(tag);
    return this;
  }

  /** Ends the element that was begun last. */
  Html end() {
    text.append("</").append(open.pop()).append(">\n");
    return this;
  }

  /** A text in the element. */
  Html text(String content) {
    text.append(escaped(content));
    return this;
  }

  /** An element with a text. */
  Html element(String tag, String kind, String content) {
    return begin(tag, kind).text(content).end();
  }

  /** A cell of a table, with the head of its column, for where there is no room for columns. */
  Html cell(String head, String content) {
    text.append("<td");
    attribute("data-head", head);
    text.append('>').append(escaped(content)).append("</td>\n");
    return this;
  }

  /** What is markup already. */
  Html markup(String markup) {
    text.append(markup).append('\n');
    return this;
  }

  /**
   * The page so far.
   *
   * @throws IllegalStateException if an element has not ended
   */
  String page() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("an element has not ended: elements=" + open);
    }
    return text.toString();
  }

  private void attribute(String name, String value) {
    text.append(' ').append(name).append("=\"").append(escaped(value)).append('"');
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints().forEach(point -> escape(escaped, point));
    return escaped.toString();
  }

  private static void escape(StringBuilder into, int point) {
    switch (point) {
      case '&' -> into.append("&amp;");
      case '<' -> into.append("&lt;");
      case '>' -> into.append("&gt;");
      case '"' -> into.append("&quot;");
      default -> into.appendCodePoint(isAllowed(point) ? point : '\ufffd');
    }
  }

  /** Whether XML may have it at all. */
  private static boolean isAllowed(int point) {
    boolean isControl = point < ' ' && point != '\n' && point != '\t';
    boolean isSurrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    return !isControl && !isSurrogate && point != 0xFFFE && point != 0xFFFF;
  }
}
