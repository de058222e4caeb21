package io.shardgrid.node.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads and writes the manifest of a backup. Stateless. */
final class ManifestFile {

  /* The JSON of the manifest with one more field at its end: the SHA-256 of all before it. */
  static final String NAME = "manifest.json";

  private static final String SEAL = ",\n  \"sha256\" : \"";
  private static final String TAIL = "\"\n}\n";

  /** The longest manifest that is read: of 16,384 shards with long names. */
  private static final long BYTES_MAX = 64 << 20;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  private static final ObjectWriter WRITER = JSON.writerWithDefaultPrettyPrinter();
  private static final ObjectReader READER = JSON.readerFor(Manifest.class);

  private ManifestFile() {}

  /** Writes it so that it is there as a whole or not at all. */
  static void write(Path directory, Manifest manifest) throws IOException {
    String json = WRITER.writeValueAsString(manifest).replace("\r\n", "\n");
    String body = json.substring(0, json.lastIndexOf("\n}"));
    String text = body + SEAL + Sha256.of(body.getBytes(StandardCharsets.UTF_8)) + TAIL;
    Durable.write(directory, NAME, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads it.
   *
   * @throws DamagedBackupException if there is none, or it is not what was written
   */
  static Manifest read(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw damaged("it is longer than any: bytes=" + Files.size(file));
      }
      return parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new DamagedBackupException(
          NAME + " is missing: no backup was finished in this directory: " + directory, e);
    } catch (java.nio.charset.MalformedInputException e) {
      throw damaged("it is no text");
    }
  }

  private static Manifest parse(String text) {
    int sealAt = text.lastIndexOf(SEAL);
    int foundAt = sealAt + SEAL.length();
    int tailAt = text.length() - TAIL.length();
    // With nothing between them the quotation mark of both would be the same.
    if (sealAt < 0 || !text.endsWith(TAIL) || foundAt > tailAt) {
      throw damaged("it is cut off, or another file");
    }
    String found = text.substring(foundAt, tailAt);
    String body = text.substring(0, sealAt);
    String wanted = Sha256.of(body.getBytes(StandardCharsets.UTF_8));
    if (!found.equals(wanted)) {
      throw damaged("its text does not fit its checksum: sha256=" + wanted + ", found=" + found);
    }
    try {
      Manifest manifest = READER.readValue(body + "\n}");
      if (manifest.format() != Manifest.FORMAT) {
        throw new DamagedBackupException(
            "%s: this version reads another format: found=%d, wanted=%d"
                .formatted(NAME, manifest.format(), Manifest.FORMAT));
      }
      return manifest;
    } catch (JsonProcessingException e) {
      throw damaged(e.getOriginalMessage());
    }
  }

  private static DamagedBackupException damaged(String why) {
    return new DamagedBackupException(NAME + " is damaged: " + why);
  }
}
