package io.shardgrid.map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** An object of eight properties to bytes and back, by what Jackson has for it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public class JacksonFormBenchmark {

  private static final int OBJECTS = 256;

  @Param({
    "JSON",
    "JSON_BLACKBIRD",
    "JSON_AFTERBURNER",
    "CBOR",
    "CBOR_BLACKBIRD",
    "CBOR_AFTERBURNER",
    "SMILE"
  })
  String form = JacksonForm.JSON.name();

  @Param({"RECORD", "BEAN"})
  String shape = "RECORD";

  private ObjectWriter writer;
  private ObjectReader reader;
  private final Object[] objects = new Object[OBJECTS];
  private final byte[][] stored = new byte[OBJECTS][];
  private int next;

  @Setup
  public void draw() throws IOException {
    boolean isRecord = shape.equals("RECORD");
    Class<?> type = isRecord ? SampleTowns.Town.class : SampleTowns.TownBean.class;
    ObjectMapper mapper = JacksonForm.valueOf(form).mapper();
    writer = mapper.writerFor(type);
    reader = mapper.readerFor(type);
    SampleTowns.Town[] towns = SampleTowns.towns(OBJECTS);
    for (int i = 0; i < OBJECTS; i++) {
      objects[i] = isRecord ? towns[i] : SampleTowns.bean(towns[i]);
      stored[i] = writer.writeValueAsBytes(objects[i]);
    }
  }

  @Benchmark
  public byte[] encode() throws IOException {
    return writer.writeValueAsBytes(objects[next++ & (OBJECTS - 1)]);
  }

  @Benchmark
  public Object decode() throws IOException {
    return reader.readValue(stored[next++ & (OBJECTS - 1)]);
  }
}
