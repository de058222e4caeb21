package io.shardgrid.map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.shardgrid.failure.CodecException;
import java.io.IOException;

/**
 * Objects of one class through Jackson, as JSON or CBOR. There is one codec of each a class.
 *
 * <p>The mapper is told the class; nothing in the bytes can name another one. Fields that the class
 * does not know are skipped, so that a newer writer and an older reader get along; map keys and
 * properties are written in a fixed order, so that equal objects have equal bytes.
 */
final class JacksonCodec<T> implements Codec<T> {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .findAndAddModules()
          .build();
  private static final ObjectMapper CBOR =
      CBORMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .findAndAddModules()
          .build();

  private static final ClassValue<Codec<?>> JSON_CODECS = onceAType("JSON", JSON);
  private static final ClassValue<Codec<?>> CBOR_CODECS = onceAType("CBOR", CBOR);

  private final Class<T> type;
  private final String format;
  private final ObjectWriter writer;
  private final ObjectReader reader;

  private JacksonCodec(Class<T> type, String format, ObjectMapper mapper) {
    this.type = type;
    this.format = format;
    this.writer = mapper.writerFor(type);
    this.reader = mapper.readerFor(type);
  }

  @SuppressWarnings("unchecked") // the codec that is kept with a class is one of that class
  static <T> Codec<T> json(Class<T> type) {
    return (Codec<T>) JSON_CODECS.get(type);
  }

  @SuppressWarnings("unchecked") // the codec that is kept with a class is one of that class
  static <T> Codec<T> cbor(Class<T> type) {
    return (Codec<T>) CBOR_CODECS.get(type);
  }

  private static ClassValue<Codec<?>> onceAType(String format, ObjectMapper mapper) {
    return new ClassValue<>() {
      @Override
      protected Codec<?> computeValue(Class<?> type) {
        return new JacksonCodec<>(type, format, mapper);
      }
    };
  }

  @Override
  public byte[] encode(T object) {
    try {
      return writer.writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw failure("cannot be written as", e);
    }
  }

  @Override
  public T decode(byte[] bytes) {
    T object;
    try {
      object = reader.readValue(bytes);
    } catch (IOException e) {
      throw failure("cannot be read from", e);
    }
    if (object == null) {
      throw new CodecException(
          "The stored " + format + " is null, which is no value: class=" + type.getName());
    }
    return object;
  }

  private CodecException failure(String what, IOException cause) {
    String hint =
        cause instanceof InvalidDefinitionException
            ? " (Jackson knows no way to handle the class: make it a record or a bean)"
            : "";
    return new CodecException(
        "The class "
            + what
            + " "
            + format
            + hint
            + ": class="
            + type.getName()
            + ", cause="
            + firstLine(cause),
        cause);
  }

  private static String firstLine(IOException cause) {
    String message =
        cause instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : cause.getMessage();
    return message == null ? cause.getClass().getName() : message.lines().findFirst().orElse("");
  }

  @Override
  public String describe() {
    return type.getName();
  }
}
