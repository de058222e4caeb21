package io.shardgrid.wire.replica;

import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerCodec;
import io.shardgrid.wire.PlacementCodec;
import io.shardgrid.wire.TraceCodec;
import io.shardgrid.wire.WireFormat;
import io.shardgrid.wire.replica.CopyItem.ClientAnswers;
import io.shardgrid.wire.replica.ReplicaMessage.Append;
import io.shardgrid.wire.replica.ReplicaMessage.Copy;
import io.shardgrid.wire.replica.ReplicaMessage.Followed;
import io.shardgrid.wire.replica.ReplicaMessage.Nack;
import io.shardgrid.wire.replica.ReplicaMessage.Yield;
import java.util.List;

/** The most bytes that messages of replicas take, without looking at the bytes they hold. */
final class MessageSize {

  private static final int NUMBER = WireFormat.NUMBER_BYTES_MAX;
  private static final long FIXED = WireFormat.LENGTH_BYTES + 9L * NUMBER;
  private static final long WRITE = 8L * NUMBER;
  private static final long CHANGE = 5L * NUMBER;
  private static final long CLIENT = 5L * NUMBER;
  private static final long DIGEST = 2L * Long.BYTES + 1;

  private MessageSize() {}

  static long of(ReplicaMessage message) {
    if (message instanceof Append append) {
      PlacementEntry placement = append.placement();
      return FIXED
          + (placement == null ? 0 : PlacementCodec.bytesMax(placement))
          + DIGEST
          + ofWrites(append.writes());
    } else if (message instanceof Nack nack) {
      return FIXED + PlacementCodec.bytesMax(nack.placement());
    } else if (message instanceof Yield yield) {
      return FIXED + PlacementCodec.bytesMax(yield.placement());
    } else if (message instanceof Copy copy) {
      return FIXED + PlacementCodec.bytesMax(copy.placement()) + ofItem(copy.item());
    } else if (message instanceof Followed followed) {
      return FIXED + (long) (NUMBER + TraceCodec.BYTES) * followed.writes().size();
    }
    return FIXED;
  }

  private static long ofItem(CopyItem item) {
    if (item instanceof CopyItem.Reset reset) {
      return 2L * NUMBER + ofClients(reset.clients());
    } else if (item instanceof CopyItem.Clients clients) {
      return ofClients(clients.clients());
    } else if (item instanceof CopyItem.Chunk chunk) {
      return 3L * NUMBER + 3L * chunk.map().length() + chunk.bytes();
    } else if (item instanceof CopyItem.Writes writes) {
      return ofWrites(writes.writes());
    }
    return 2L * NUMBER + DIGEST;
  }

  private static long ofClients(List<ClientAnswers> clients) {
    long bytes = NUMBER;
    for (ClientAnswers client : clients) {
      bytes += CLIENT + (long) NUMBER * client.seqs().size();
      for (Answer answer : client.answers()) {
        bytes += AnswerCodec.bytesMax(answer);
      }
    }
    return bytes;
  }

  private static long ofWrites(List<LoggedWrite> writes) {
    long bytes = NUMBER;
    for (LoggedWrite write : writes) {
      LoggedWrite.Origin origin = write.origin();
      bytes += WRITE + ofChange(write.change());
      bytes += origin == null ? 0 : AnswerCodec.bytesMax(origin.answer());
    }
    return bytes;
  }

  private static long ofChange(Change change) {
    if (change instanceof Change.Batch batch) {
      long bytes = CHANGE;
      for (Change part : batch.changes()) {
        bytes += ofChange(part);
      }
      return bytes;
    } else if (change instanceof Change.Put put) {
      return CHANGE + 3L * put.map().length() + put.bytes();
    } else if (change instanceof Change.Expire expire) {
      return CHANGE + 3L * expire.map().length() + expire.bytes();
    } else if (change instanceof Change.Remove remove) {
      return CHANGE + 3L * remove.map().length() + remove.bytes();
    } else if (change instanceof Change.Clear clear) {
      return CHANGE + 3L * clear.map().length();
    }
    return CHANGE;
  }
}
