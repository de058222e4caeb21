package io.shardgrid.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StrictNullsTest {

  private final ObjectMapper mapper = JsonMapper.builder().addModule(new StrictNulls()).build();

  private record Inner(String name) {}

  private record Told(
      Inner inner,
      @Nullable Inner other,
      long number,
      byte @Nullable [] bytes,
      List<Inner> all,
      List<@Nullable String> some,
      Map<String, Inner> byName) {}

  private Told read(String text) throws JsonProcessingException {
    return mapper.readValue(text, Told.class);
  }

  @Test
  void takesNullsWhereTheyMayBe() throws JsonProcessingException {
    Told told =
        read(
            """
            {"inner": {"name": "a"}, "other": null, "number": 1, "bytes": null,
             "all": [{"name": "b"}], "some": ["c", null], "byName": {}}
            """);
    assertThat(told.other()).isNull();
    assertThat(told.bytes()).isNull();
    assertThat(told.some()).isEqualTo(Arrays.asList("c", null));
    assertThat(
            read(
                """
                {"inner": {"name": "a"}, "number": 1, "all": [], "some": [], "byName": {}}
                """))
        .as("what may be null may be missing")
        .isEqualTo(new Told(new Inner("a"), null, 1, null, List.of(), List.of(), Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'inner': null, 'number': 1, 'all': [], 'some': [], 'byName': {}}",
        "{'number': 1, 'all': [], 'some': [], 'byName': {}}",
        "{'inner': {'name': null}, 'number': 1, 'all': [], 'some': [], 'byName': {}}",
        "{'inner': {'name': 'a'}, 'number': null, 'all': [], 'some': [], 'byName': {}}",
        "{'inner': {'name': 'a'}, 'all': [], 'some': [], 'byName': {}}",
        "{'inner': {'name': 'a'}, 'number': 1, 'all': [null], 'some': [], 'byName': {}}",
        "{'inner': {'name': 'a'}, 'number': 1, 'all': [], 'some': null, 'byName': {}}",
        "{'inner': {'name': 'a'}, 'number': 1, 'all': [], 'some': [], 'byName': {'b': null}}"
      })
  void refusesThemElsewhere(String text) {
    assertThatThrownBy(() -> read(text.replace('\'', '"')))
        .isInstanceOf(InvalidNullException.class);
  }
}
