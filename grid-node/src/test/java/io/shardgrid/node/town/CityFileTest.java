package io.shardgrid.node.town;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CityFileTest {

  @Test
  void has135233TownsEachWithItsOwnId() {
    Set<String> ids = new HashSet<>();
    AtomicInteger rows = new AtomicInteger();
    CityFile.forEachBatch(
        batch -> {
          rows.addAndGet(batch.size());
          ids.addAll(batch.keySet());
          batch.forEach((id, city) -> assertThat(city.id()).isEqualTo(id));
        });

    assertThat(rows).hasValue(135_233);
    assertThat(ids).hasSize(135_233);
  }

  @Test
  void findsTownsById() {
    assertThat(CityFile.find(List.of("1857910", "0")))
        .hasEntrySatisfying("1857910", city -> assertThat(city.name()).isEqualTo("Kyoto"))
        .hasSize(1);
  }

  @Test
  void givesBackATownFromItsBytes() {
    City town = new City("1", "\u00c5", "NO", "01", 5, 59.5, -10.25, "PPL");

    assertThat(CityFile.CODEC.decode(CityFile.CODEC.encode(town))).isEqualTo(town);
  }
}
