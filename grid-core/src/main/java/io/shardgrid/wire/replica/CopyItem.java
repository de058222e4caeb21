package io.shardgrid.wire.replica;

import io.shardgrid.key.Digest;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/** One item of the stream by which a learner is filled. Immutable. */
public sealed interface CopyItem {

  /** About how many bytes it takes. */
  long bytes();

  /**
   * Begins: whatever the learner has is thrown away.
   *
   * @param seq number of the last write whose answer the table holds
   * @param wallMillis the shard's wall time
   * @param clients the answers table, or the first part of it
   */
  record Reset(long seq, long wallMillis, List<ClientAnswers> clients) implements CopyItem {
    public Reset {
      clients = List.copyOf(clients);
    }

    @Override
    public long bytes() {
      return clients.stream().mapToLong(ClientAnswers::bytes).sum();
    }
  }

  /** More of the answers table, as of the {@link Reset} that it follows. */
  record Clients(List<ClientAnswers> clients) implements CopyItem {
    public Clients {
      clients = List.copyOf(clients);
    }

    @Override
    public long bytes() {
      return clients.stream().mapToLong(ClientAnswers::bytes).sum();
    }
  }

  /**
   * What is remembered of one client.
   *
   * @param doneBelow every operation of the client with a smaller number has ended
   * @param patienceNanos the longest time that it gave an operation
   * @param seqs numbers of its open writes, ascending
   * @param answers the answer to each of them
   */
  record ClientAnswers(
      long client, long doneBelow, long patienceNanos, List<Long> seqs, List<Answer> answers) {

    private static final long CLIENT_BYTES = 64;

    public ClientAnswers {
      seqs = List.copyOf(seqs);
      answers = List.copyOf(answers);
    }

    /** About how many bytes it takes. O(answers). */
    public long bytes() {
      long bytes = CLIENT_BYTES;
      for (Answer answer : answers) {
        bytes += AnswerCodec.bytesMax(answer);
      }
      return bytes;
    }
  }

  /**
   * Entries, as they were after all writes that are in the stream before.
   *
   * @param entries how many there are
   * @param packed the entries one after the other, as {@link ChunkPacker} packs them
   * @param crc {@link #crcOf} of the entries when they were read
   */
  record Chunk(String map, int entries, byte[] packed, int crc) implements CopyItem {

    /** Whether these are the entries that were read. O(bytes). */
    public boolean isIntact() {
      return crc == crcOf(map, entries, packed);
    }

    @Override
    public long bytes() {
      return packed.length;
    }

    /**
     * Hands the entries over, one after the other. O(bytes).
     *
     * @throws io.shardgrid.wire.WireException if they are not what a packer has packed
     */
    public void forEach(ChunkPacker.Reader reader) {
      ChunkPacker.unpack(packed, entries, reader);
    }

    /** CRC32C (RFC 3720) over the map's name and the packed entries. O(bytes). */
    static int crcOf(String map, int entries, byte[] packed) {
      CRC32C crc = new CRC32C();
      crc.update(map.getBytes(StandardCharsets.UTF_8));
      crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, entries));
      crc.update(packed);
      return (int) crc.getValue();
    }
  }

  /** Writes that were numbered while the copy is under way. */
  record Writes(List<LoggedWrite> writes) implements CopyItem {
    public Writes {
      writes = List.copyOf(writes);
    }

    @Override
    public long bytes() {
      return writes.stream().mapToLong(LoggedWrite::bytes).sum();
    }
  }

  /**
   * The copy is whole.
   *
   * @param seq number of the last write that it contains
   * @param commit number of the last committed write
   * @param digest of all entries at {@code seq}
   */
  record End(long seq, long commit, Digest digest) implements CopyItem {
    @Override
    public long bytes() {
      return Long.BYTES;
    }
  }

  /** Asks which item is next: from there the stream goes on, under a new attempt. */
  record Resume() implements CopyItem {
    /** The only one needed. */
    public static final Resume INSTANCE = new Resume();

    @Override
    public long bytes() {
      return 1;
    }
  }
}
