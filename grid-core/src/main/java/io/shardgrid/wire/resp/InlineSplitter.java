package io.shardgrid.wire.resp;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits the line of an inline command into arguments, as redis-cli and telnet users type it.
 *
 * <p>Blanks separate; double quotes keep blanks and know the escapes {@code \n \r \t \b \a \xHH},
 * any other escaped byte standing for itself; single quotes know {@code \'} only. After {@code
 * sdssplitargs} in Redis' {@code sds.c}. Not thread-safe; O(bytes).
 */
final class InlineSplitter {

  private static final String ESCAPES = "nrtba";
  private static final byte[] ESCAPED = {'\n', '\r', '\t', '\b', 7};

  private final byte[] line;
  private final ByteArrayOutputStream word = new ByteArrayOutputStream();
  private int at;

  private InlineSplitter(byte[] line) {
    this.line = line;
  }

  /**
   * The arguments in {@code line}, which stands without its line end; none if it is blank.
   *
   * @throws RespProtocolException if a quote is not closed or there are more than {@code argsMax}
   */
  static byte[][] split(byte[] line, int argsMax) {
    InlineSplitter splitter = new InlineSplitter(line);
    List<byte[]> args = new ArrayList<>();
    while (splitter.isAtWord()) {
      if (args.size() == argsMax) {
        throw RespProtocolException.refused(
            "too many arguments: argsMax=" + argsMax + ", args>" + argsMax);
      }
      args.add(splitter.nextWord());
    }
    return args.toArray(byte[][]::new);
  }

  private boolean isAtWord() {
    while (at < line.length && isBlank(line[at])) {
      at++;
    }
    return at < line.length;
  }

  private byte[] nextWord() {
    word.reset();
    while (at < line.length && !isBlank(line[at])) {
      byte next = line[at++];
      if (next == '"' || next == '\'') {
        quoted(next);
      } else {
        word.write(next);
      }
    }
    return word.toByteArray();
  }

  private void quoted(byte quote) {
    while (at < line.length) {
      byte next = line[at++];
      if (next == quote) {
        checkEnd();
        return;
      }
      if (next != '\\' || at == line.length) {
        word.write(next);
      } else if (quote == '"') {
        escaped();
      } else if (line[at] == '\'') {
        word.write(line[at++]);
      } else {
        word.write(next);
      }
    }
    throw unbalanced();
  }

  private void escaped() {
    byte next = line[at++];
    if (next == 'x' && at + 2 <= line.length) {
      int high = Character.digit(line[at], 16);
      int low = Character.digit(line[at + 1], 16);
      if (high >= 0 && low >= 0) {
        word.write(high << 4 | low);
        at += 2;
        return;
      }
    }
    int known = ESCAPES.indexOf(next);
    word.write(known < 0 ? next : ESCAPED[known]);
  }

  private void checkEnd() {
    if (at < line.length && !isBlank(line[at])) {
      throw unbalanced();
    }
  }

  private RespProtocolException unbalanced() {
    return RespProtocolException.refused("unbalanced quotes: inlineBytes=" + line.length);
  }

  private static boolean isBlank(byte next) {
    return next == ' ' || (next >= '\t' && next <= '\r');
  }
}
