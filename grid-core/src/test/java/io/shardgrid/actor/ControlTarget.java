package io.shardgrid.actor;

import io.shardgrid.fuzz.FuzzTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;
import org.jspecify.annotations.Nullable;

/** Messages between members: read or refused by errors of the serializer; they come back. */
final class ControlTarget implements FuzzTarget {

  /* An input: which message (1 byte), and its bytes. */

  private final List<ControlMessage> messages = ControlMessageSerializationTest.messages();
  private final Serialization serialization =
      SerializationExtension.get(Adapter.toClassic(ControlMessageSerializationTest.KIT.system()));

  private byte[] bytesOf(ControlMessage message) {
    return serialization.serialize(message).get();
  }

  private @Nullable Object read(byte[] bytes, ControlMessage like) {
    Serializer serializer = serialization.findSerializerFor(like);
    String manifest = Serializers.manifestFor(serializer, like);
    return serialization.deserialize(bytes, serializer.identifier(), manifest).get();
  }

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      byte[] bytes = bytesOf(messages.get(i));
      byte[] seed = new byte[bytes.length + 1];
      seed[0] = (byte) i;
      System.arraycopy(bytes, 0, seed, 1, bytes.length);
      seeds.add(seed);
    }
    return seeds;
  }

  @Override
  public boolean run(byte[] input) {
    if (input.length == 0) {
      return false;
    }
    ControlMessage like = messages.get((input[0] & 0xFF) % messages.size());
    @Nullable Object read;
    try {
      read = read(Arrays.copyOfRange(input, 1, input.length), like);
    } catch (IllegalArgumentException e) {
      return false;
    } catch (Exception e) {
      if (e instanceof IOException) {
        return false;
      }
      throw e;
    }
    if (read == null) {
      // CBOR's null, which Pekko hands to nobody.
      return false;
    }
    if (!like.getClass().isInstance(read)) {
      throw new AssertionError("another kind of message: " + read);
    }
    @Nullable Object again;
    try {
      again = read(bytesOf((ControlMessage) read), like);
    } catch (Exception e) {
      if (e instanceof IOException) {
        // Half of a surrogate pair in the name of an actor, which Jackson reads and does not write.
        return false;
      }
      throw e;
    }
    if (!read.equals(again)) {
      throw new AssertionError("does not come back: " + read + ", again=" + again);
    }
    return true;
  }

  @Override
  public long allocatedBytesMax(int inputBytes) {
    return (1L << 20) + (4L << 10) * inputBytes;
  }

  @Override
  public void close() {
    ControlMessageSerializationTest.KIT.shutdownTestKit();
  }
}
