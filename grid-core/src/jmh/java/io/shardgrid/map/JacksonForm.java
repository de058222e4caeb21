package io.shardgrid.map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * What the codecs could be made of: formats and modules of Jackson. Those that are not among the
 * libraries of the grid are named and not linked; the profile {@code jmh-jackson} has them.
 */
enum JacksonForm {
  JSON(Format.JSON, ""),
  JSON_BLACKBIRD(Format.JSON, Names.BLACKBIRD),
  JSON_AFTERBURNER(Format.JSON, Names.AFTERBURNER),
  CBOR(Format.CBOR, ""),
  CBOR_BLACKBIRD(Format.CBOR, Names.BLACKBIRD),
  CBOR_AFTERBURNER(Format.CBOR, Names.AFTERBURNER),
  SMILE(Format.SMILE, "");

  private final Format format;
  private final String module;

  JacksonForm(Format format, String module) {
    this.format = format;
    this.module = module;
  }

  /** How bytes are laid out. */
  private enum Format {
    JSON("com.fasterxml.jackson.core.JsonFactory"),
    CBOR("com.fasterxml.jackson.dataformat.cbor.CBORFactory"),
    SMILE("com.fasterxml.jackson.dataformat.smile.SmileFactory");

    private final String factory;

    Format(String factory) {
      this.factory = factory;
    }
  }

  /** Modules that call properties by generated code. */
  private static final class Names {
    static final String BLACKBIRD = "com.fasterxml.jackson.module.blackbird.BlackbirdModule";
    static final String AFTERBURNER = "com.fasterxml.jackson.module.afterburner.AfterburnerModule";
  }

  /** A mapper with the features of the codecs. */
  ObjectMapper mapper() {
    JsonMapper.Builder builder =
        JsonMapper.builder(make(JsonFactory.class, format.factory))
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    if (!module.isEmpty()) {
      builder.addModule(make(Module.class, module));
    }
    return builder.build();
  }

  private static <T> T make(Class<T> type, String name) {
    try {
      return type.cast(Class.forName(name).getConstructor().newInstance());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Use the profile jmh-jackson, too: class=" + name, e);
    }
  }
}
