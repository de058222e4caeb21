package io.shardgrid.node.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.shardgrid.failure.CodecException;
import io.shardgrid.map.Codec;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * Keys and values that are text in a table. Bytes that are no UTF-8 are refused: put in with
 * another character in their place, two keys could come to one row. Thread-safe.
 */
final class ColumnText implements Codec<String> {

  @Override
  public byte[] encode(String text) {
    return text.getBytes(UTF_8);
  }

  @Override
  public String decode(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new CodecException(
          "a column of text takes UTF-8 alone; have value-type = bytes for other values, and keys"
              + " that are text: bytes="
              + bytes.length,
          e);
    }
  }

  @Override
  public String describe() {
    return "text in UTF-8";
  }
}
