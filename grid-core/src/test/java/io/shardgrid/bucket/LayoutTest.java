package io.shardgrid.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LayoutTest {

  private static final Path SOURCE =
      Path.of("src", "main", "java", "io", "shardgrid", "bucket", "Layout.java");

  private static final Pattern ROW =
      Pattern.compile(" {3}\\* {3}([A-Z]+(?:_[A-Z]+)+) +(\\d+) +(\\d+) +(\\d+) +(\\d+)(?: .*)?");

  /** A row of the table. */
  private record Row(String field, int offset, int size, int wants, int has) {

    static Row derived(String field, int offset, int size) {
      int elementSize = elementSize(field, size);
      int has = Math.min(Layout.BLOCK_ALIGNMENT, Integer.lowestOneBit(offset | 4));
      return new Row(field, offset, size, elementSize, has);
    }

    /** Alignment in C is that of the element: references are eight ints. */
    private static int elementSize(String field, int size) {
      return field.equals("BUCKET_REFERENCES") ? Integer.BYTES : size;
    }

    String structure() {
      return field.substring(0, field.indexOf('_'));
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
    assertThat(Layout.NARROW_DEADLINE_OFFSET).isEqualTo(Layout.NARROW_HEADER_BYTES);
    assertThat(Layout.NARROW_DEADLINE_SIZE).isEqualTo(Layout.DEADLINE);
    assertThat(Layout.BUCKET_TOPHASHES_SIZE).isEqualTo(Layout.BUCKET_CELLS);
    assertThat(Layout.BUCKET_REFERENCES_SIZE).isEqualTo(Layout.BUCKET_CELLS * Integer.BYTES);
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
