package io.shardgrid.node.autoscale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads files of cases. Stateless; a file may have 64 MiB. */
final class CaseFile {

  private static final long BYTES_MAX = 64L << 20;
  private static final Set<String> FIELDS = Set.of("toleranceDefault", "cases");
  private static final BigDecimal TOLERANCE = BigDecimal.valueOf(1, 1);
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private CaseFile() {}

  /**
   * The cases in their order, not evaluated.
   *
   * @throws CommandException if the file cannot be read or is no file of cases
   */
  static List<Case> read(Path file) {
    JsonNode root = parse(file);
    if (!root.isObject()) {
      throw wrong(file, "wanted is an object with 'cases'", null);
    }
    for (Iterator<String> names = root.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!FIELDS.contains(name) && !CaseFields.REMARKS.contains(name)) {
        throw wrong(file, "unknown field '" + name + "'", null);
      }
    }
    JsonNode tolerance = root.path("toleranceDefault");
    if (!tolerance.isMissingNode() && !tolerance.isNumber()) {
      throw wrong(file, "'toleranceDefault': wanted is a number, found is " + tolerance, null);
    }
    if (!root.path("cases").isArray()) {
      throw wrong(file, "'cases': wanted is a list", null);
    }
    List<Case> cases = new ArrayList<>();
    for (JsonNode one : root.path("cases")) {
      String name = "#" + (cases.size() + 1);
      if (!(one instanceof ObjectNode fields)) {
        throw wrong(file, "case " + name + ": wanted is an object", null);
      }
      cases.add(
          new Case(name, fields, tolerance.isNumber() ? tolerance.decimalValue() : TOLERANCE));
    }
    return cases;
  }

  private static JsonNode parse(Path file) {
    try {
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw new CommandException(ExitCode.USAGE, "FILE: cannot be read: " + file);
      }
      if (Files.size(file) > BYTES_MAX) {
        throw wrong(file, "it is longer than 64 MiB", null);
      }
      return MAPPER.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      String line = at == null ? "" : ", line " + at.getLineNr();
      throw wrong(file, "it is no JSON" + line + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new CommandException(ExitCode.USAGE, "FILE: cannot be read: " + file, e);
    }
  }

  private static CommandException wrong(Path file, String what, @Nullable Throwable cause) {
    return new CommandException(
        ExitCode.USAGE, "FILE is no file of cases: " + what + ": file=" + file, cause);
  }
}
