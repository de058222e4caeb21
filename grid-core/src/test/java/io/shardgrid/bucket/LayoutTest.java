package io.shardgrid.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LayoutTest {

  private static final Path SOURCE =
      Path.of("src", "main", "java", "io", "shardgrid", "bucket", "Layout.java");

  private static final Pattern ROW =
      Pattern.compile(" {3}\\* {3}([A-Z]+(?:_[A-Z]+)+) +(\\d+) +(\\d+) +(\\d+) +(\\d+)( .*)?");

  /** What stands inside an entry starts at any byte. */
  private static final Set<String> PARTS = Set.of("EXPIRY", "USAGE", "TAIL");

  /** A row of the table. */
  private record Row(String field, int offset, int size, int wants, int has) {

    static Row derived(String field, int offset, int size) {
      int elementSize = elementSize(field, size);
      int start = PARTS.contains(structureOf(field)) ? 1 : Layout.BLOCK_ALIGNMENT;
      int has = Math.min(start, Integer.lowestOneBit(offset | 4));
      return new Row(field, offset, size, elementSize, has);
    }

    /**
     * Alignment in C is that of the element: references are eight ints, a content hash two longs.
     */
    private static int elementSize(String field, int size) {
      return switch (field) {
        case "BUCKET_REFERENCES" -> Integer.BYTES;
        case "TAIL_HASH" -> Long.BYTES;
        default -> size;
      };
    }

    private static String structureOf(String field) {
      return field.substring(0, field.indexOf('_'));
    }

    String structure() {
      return structureOf(field);
    }

    int end() {
      return offset + size;
    }
  }

  @Test
  void hasTheTableOfItsNote() throws IOException, IllegalAccessException {
    List<Row> written = new ArrayList<>();
    for (String line : Files.readAllLines(SOURCE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        written.add(
            new Row(
                row.group(1),
                Integer.parseInt(row.group(2)),
                Integer.parseInt(row.group(3)),
                Integer.parseInt(row.group(4)),
                Integer.parseInt(row.group(5))));
      }
    }
    assertThat(written).isNotEmpty().containsExactlyElementsOf(derivedRows());
  }

  /** The table of the documentation is made of the constants and the words of the note. */
  @Test
  void hasTheTableOfTheDocumentation() throws IOException, IllegalAccessException {
    Map<String, String> words = new HashMap<>();
    for (String line : Files.readAllLines(SOURCE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        words.put(row.group(1), row.group(6) == null ? "" : row.group(6).strip());
      }
    }
    StringBuilder table = new StringBuilder("| field | offset | size | wants | has | |\n");
    table.append("| --- | ---: | ---: | ---: | ---: | --- |\n");
    for (Row row : derivedRows()) {
      table.append(
          "| `%s` | %d | %d | %d | %d | %s |\n"
              .formatted(
                  row.field(),
                  row.offset(),
                  row.size(),
                  row.wants(),
                  row.has(),
                  words.getOrDefault(row.field(), "")));
    }
    String page = Files.readString(Path.of("docs", "storage.md"));
    String marks = "<!-- layout -->\n";
    String shown =
        page.substring(page.indexOf(marks) + marks.length(), page.indexOf("<!-- /layout -->"));
    assertThat(shown.strip()).isEqualTo(table.toString().strip());
  }

  @Test
  void overlapsNoFields() throws IllegalAccessException {
    List<Row> rows = derivedRows();
    for (int i = 1; i < rows.size(); i++) {
      Row row = rows.get(i);
      Row before = rows.get(i - 1);
      if (row.structure().equals(before.structure())) {
        assertThat(row.offset()).as(row.field()).isGreaterThanOrEqualTo(before.end());
      } else {
        assertThat(row.offset()).as(row.field()).isZero();
      }
    }
  }

  @Test
  void letsVersionsStandAtOnePlaceInBothFormats() {
    assertThat(Layout.NARROW_VERSION_OFFSET).isEqualTo(Layout.WIDE_VERSION_OFFSET);
    assertThat(Layout.BUCKET_TOPHASHES_SIZE).isEqualTo(Layout.BUCKET_CELLS);
    assertThat(Layout.BUCKET_REFERENCES_SIZE).isEqualTo(Layout.BUCKET_CELLS * Integer.BYTES);
  }

  @Test
  void hasFlagsThatAreTheLengthsOfTheirParts() {
    assertThat(Layout.EXPIRY).isEqualTo(Layout.EXPIRY_BYTES);
    assertThat(Layout.USAGE).isEqualTo(Layout.USAGE_BYTES);
    int[] flags = {
      Layout.WIDE, Layout.FREE, Layout.USAGE, Layout.EXTENT, Layout.EXPIRY, Layout.UNLISTED
    };
    int all = 0;
    for (int flag : flags) {
      assertThat(Integer.bitCount(flag)).isOne();
      assertThat(all & flag).isZero();
      all |= flag;
    }
    assertThat(all).isLessThan(128);
  }

  private static List<Row> derivedRows() throws IllegalAccessException {
    List<Row> rows = new ArrayList<>();
    String suffix = "_OFFSET";
    int offset = 0;
    for (Field constant : Layout.class.getDeclaredFields()) {
      String name = constant.getName();
      if (name.endsWith(suffix)) {
        offset = constant.getInt(null);
      } else if (name.endsWith("_SIZE")) {
        rows.add(Row.derived(name.substring(0, name.length() - 5), offset, constant.getInt(null)));
      }
    }
    return rows;
  }
}
