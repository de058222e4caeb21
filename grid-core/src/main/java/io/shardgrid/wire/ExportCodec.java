package io.shardgrid.wire;

import io.shardgrid.key.Digest;
import io.shardgrid.key.EvictionPolicy;
import io.shardgrid.key.MapSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The binary form of what a shard is read out with. */
final class ExportCodec {

  private static final EvictionPolicy[] EVICTIONS = EvictionPolicy.values();
  private static final long ENTRY_BYTES_MAX = 3L * WireFormat.NUMBER_BYTES_MAX;
  private static final long MAP_BYTES_MAX = 9L * WireFormat.NUMBER_BYTES_MAX;
  private static final long DESCRIPTION_BYTES_MAX = 8L * WireFormat.NUMBER_BYTES_MAX;

  private ExportCodec() {}

  static long bytesMax(Answer.Exported exported) {
    long bytes = MAP_BYTES_MAX + 3L * exported.map().length() + exported.packed().length;
    for (Answer.Changed one : exported.changes()) {
      bytes += 3L * one.map().length() + length(one.key()) + length(one.value()) + ENTRY_BYTES_MAX;
    }
    Answer.Description end = exported.end();
    return end == null ? bytes : bytes + bytesMax(end);
  }

  static long bytesMax(Answer.Description description) {
    long bytes = DESCRIPTION_BYTES_MAX;
    for (Answer.MapLine line : description.maps()) {
      bytes += MAP_BYTES_MAX + 3L * line.name().length();
    }
    return bytes;
  }

  private static long length(byte @Nullable [] bytes) {
    return bytes == null ? 1 : (long) WireFormat.NUMBER_BYTES_MAX + bytes.length;
  }

  static void writePosition(WireWriter out, ExportPosition position) {
    out.writeNumber(position.seat());
    out.writeNumber(position.seq());
    out.writeNumber(position.map());
    out.writeLong(position.cursor());
  }

  static ExportPosition readPosition(WireReader in) {
    return new ExportPosition(
        in.readNumber(),
        in.readNumber(),
        in.readSmall("number of a map", Integer.MAX_VALUE),
        in.readLong());
  }

  static void write(WireWriter out, Answer.Exported exported) {
    writePosition(out, exported.next());
    out.writeNumber(exported.epoch());
    out.writeName(exported.map());
    out.writeNumber(exported.entries());
    out.writeBytes(exported.packed());
    out.writeInt(exported.crc());
    out.writeList(exported.changes(), ExportCodec::writeChanged);
    Answer.Description end = exported.end();
    out.writeFlag(end != null);
    if (end != null) {
      write(out, end);
    }
  }

  static Answer.Exported readExported(WireReader in) {
    return new Answer.Exported(
        readPosition(in),
        in.readNumber(),
        in.readName(),
        in.readSmall("entries of a chunk", Integer.MAX_VALUE),
        in.readBytes(),
        in.readInt(),
        in.readList(ExportCodec::readChanged),
        in.readFlag() ? readDescription(in) : null);
  }

  private static void writeChanged(WireWriter out, Answer.Changed changed) {
    out.writeName(changed.map());
    out.writeNullable(changed.key());
    out.writeNullable(changed.value());
    out.writeNumber(changed.version());
    out.writeSigned(changed.deadlineMillis());
  }

  private static Answer.Changed readChanged(WireReader in) {
    return new Answer.Changed(
        in.readName(), in.readNullable(), in.readNullable(), in.readNumber(), in.readSigned());
  }

  static void write(WireWriter out, Answer.Description description) {
    out.writeNumber(description.sequence());
    out.writeSigned(description.wallMillis());
    out.writeDigest(description.digest());
    out.writeList(description.maps(), ExportCodec::writeLine);
  }

  static Answer.Description readDescription(WireReader in) {
    long sequence = in.readNumber();
    long wallMillis = in.readSigned();
    Digest digest = in.readDigest();
    List<Answer.MapLine> maps = in.readList(ExportCodec::readLine);
    return new Answer.Description(sequence, wallMillis, digest, maps);
  }

  private static void writeLine(WireWriter out, Answer.MapLine line) {
    out.writeName(line.name());
    out.writeNumber(line.entries());
    out.writeNumber(line.expiring());
    out.writeNumber(line.liveBytes());
    out.writeNumber(line.reservedBytes());
    out.writeDigest(line.content());
    out.writeCode(line.settings().eviction());
    out.writeNumber(line.settings().bytesMax());
  }

  private static Answer.MapLine readLine(WireReader in) {
    return new Answer.MapLine(
        in.readName(),
        in.readNumber(),
        in.readNumber(),
        in.readNumber(),
        in.readNumber(),
        in.readDigest(),
        new MapSettings(in.readCode("eviction", EVICTIONS), in.readNumber()));
  }
}
