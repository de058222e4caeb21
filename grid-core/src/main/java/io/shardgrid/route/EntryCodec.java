package io.shardgrid.route;

import io.shardgrid.failure.CodecException;
import io.shardgrid.map.Codec;
import io.shardgrid.map.EntryView;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The two codecs of a map with its limits; every failure names map, key and class. Immutable.
 *
 * @param map name of the map
 */
record EntryCodec<K, V>(String map, Codec<K> keys, Codec<V> values) {

  private static final int KEY_BYTES_MAX = 65_535;
  private static final int VALUE_BYTES_MAX = 8 << 20;
  private static final int SHOWN_MAX = 80;

  EntryCodec {
    int bytes = map.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < 1 || bytes > WireFormat.NAME_BYTES_MAX) {
      throw new IllegalArgumentException(
          "The name of a map has 1 to 255 bytes: name=" + map + ", bytes=" + bytes);
    }
    if (!keys.isForKeys()) {
      throw new IllegalArgumentException(
          "The codec is not for keys: map=" + map + ", codec=" + keys.describe());
    }
  }

  byte[] key(K key) {
    Objects.requireNonNull(key, "key");
    byte[] bytes;
    try {
      bytes = keys.encode(key);
    } catch (CodecException e) {
      throw failure("A key cannot be encoded", key, keys, e);
    }
    if (bytes.length > KEY_BYTES_MAX) {
      throw tooLarge("key", key, bytes.length, KEY_BYTES_MAX);
    }
    return bytes;
  }

  byte[] value(K key, V value) {
    Objects.requireNonNull(value, "value");
    byte[] bytes;
    try {
      bytes = values.encode(value);
    } catch (CodecException e) {
      throw failure("A value cannot be encoded", key, values, e);
    }
    if (bytes.length > VALUE_BYTES_MAX) {
      throw tooLarge("value", key, bytes.length, VALUE_BYTES_MAX);
    }
    return bytes;
  }

  K decodeKey(byte[] bytes) {
    try {
      return keys.decode(bytes);
    } catch (CodecException e) {
      throw failure("A key cannot be decoded", bytes.length + " bytes", keys, e);
    }
  }

  V decodeValue(Object key, byte[] bytes) {
    return decodeValue(key, bytes, false);
  }

  private V decodeValue(Object key, byte[] bytes, boolean isOwned) {
    try {
      return isOwned ? values.decodeOwned(bytes) : values.decode(bytes);
    } catch (CodecException e) {
      throw failure("A value cannot be decoded", key, values, e);
    }
  }

  Optional<V> valueOf(K key, Answer answer) {
    Answer.Entry entry = Answers.entry(answer);
    byte[] bytes = entry == null ? null : entry.value();
    return bytes == null
        ? Optional.empty()
        : Optional.of(decodeValue(key, bytes, bytes.length <= Answer.Entry.OWNED_BYTES_MAX));
  }

  Optional<V> previousOf(K key, Answer answer) {
    return optionalValue(key, Answers.expected(Answer.Stored.class, answer).previous());
  }

  Optional<EntryView<K, V>> entryOf(K key, Answer answer) {
    Answer.Entry entry = Answers.entry(answer);
    if (entry == null) {
      return Optional.empty();
    }
    return optionalValue(key, entry.value())
        .map(v -> new EntryView<>(key, v, entry.version(), deadline(entry.deadlineMillis())));
  }

  EntryView<K, V> entryOf(Answer.Item item) {
    K key = decodeKey(item.key());
    byte[] value = item.value();
    if (value == null) {
      throw new IllegalStateException("A shard sent an entry without its value: map=" + map);
    }
    return new EntryView<>(
        key, decodeValue(key, value), item.version(), deadline(item.deadlineMillis()));
  }

  Map<K, V> valuesOf(List<K> askedFor, Answer answer) {
    List<byte @Nullable []> found = Answers.expected(Answer.Values.class, answer).values();
    Map<K, V> values = new LinkedHashMap<>();
    for (int i = 0; i < found.size(); i++) {
      byte[] bytes = found.get(i);
      if (bytes != null) {
        values.put(askedFor.get(i), decodeValue(askedFor.get(i), bytes));
      }
    }
    return values;
  }

  private Optional<V> optionalValue(K key, byte @Nullable [] bytes) {
    return bytes == null ? Optional.empty() : Optional.of(decodeValue(key, bytes));
  }

  private static Optional<Instant> deadline(long millis) {
    return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private CodecException failure(String what, Object key, Codec<?> codec, CodecException e) {
    return new CodecException(
        what
            + ": map="
            + map
            + ", key="
            + shown(key)
            + ", codec="
            + codec.describe()
            + ". "
            + e.getMessage(),
        e);
  }

  private CodecException tooLarge(String what, K key, int found, int max) {
    return new CodecException(
        "A "
            + what
            + " is too large, nothing was sent: map="
            + map
            + ", key="
            + shown(key)
            + ", bytes="
            + found
            + ", limit="
            + max);
  }

  private static String shown(Object key) {
    String text = String.valueOf(key);
    return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "...";
  }
}
