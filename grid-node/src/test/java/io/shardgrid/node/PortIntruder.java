package io.shardgrid.node;

import io.shardgrid.key.NodeId;
import io.shardgrid.link.ClusterSecret;
import io.shardgrid.link.ClusterSecret.Exchange;
import io.shardgrid.link.ClusterSecret.Side;
import io.shardgrid.wire.HandshakeCodec;
import io.shardgrid.wire.HandshakeCodec.Hello;
import io.shardgrid.wire.HandshakeCodec.Proof;
import io.shardgrid.wire.WireFormat;
import io.shardgrid.wire.WireReader;
import io.shardgrid.wire.WireWriter;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who tries the ports between nodes by hand. Immutable.
 *
 * @param tls what he has certificates of; null if he speaks none
 * @param secret what he thinks that the secret is; null if he knows of none
 */
record PortIntruder(@Nullable SSLContext tls, @Nullable ClusterSecret secret) {

  private static final int PATIENCE_MILLIS = 20_000;
  private static final int QUIET_MILLIS = 1_000;
  private static final NodeId SELF = new NodeId("127.0.0.1", 1, 666);

  private Socket connect(int port, int millis) throws IOException {
    Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
    plain.setSoTimeout(millis);
    if (tls == null) {
      return plain;
    }
    SSLSocket secure =
        (SSLSocket) tls.getSocketFactory().createSocket(plain, "127.0.0.1", port, true);
    try {
      secure.startHandshake();
    } catch (IOException e) {
      secure.close();
      throw e;
    }
    return secure;
  }

  /** Opens a peer link to this node: "open", "closed", or what the refusal is called. */
  String link(int port, String cluster, NodeId node) throws IOException {
    try (Socket socket = connect(port, PATIENCE_MILLIS)) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      say(
          socket,
          WireFormat.HELLO,
          out -> HandshakeCodec.writeHello(out, new Hello(cluster, SELF, node, 1 << 20)));
      WireReader answer = hear(in);
      if (answer.readByte() == WireFormat.CHALLENGE) {
        byte[] nonce = HandshakeCodec.readChallenge(answer);
        Exchange exchange =
            new Exchange(
                cluster,
                SELF.toString(),
                node.toString(),
                new byte[ClusterSecret.NONCE_BYTES],
                nonce);
        byte[] proof = secret == null ? new byte[32] : secret.proof(Side.OPENER, exchange);
        say(
            socket,
            WireFormat.PROOF,
            out -> HandshakeCodec.writeProof(out, new Proof(exchange.openerNonce(), proof)));
        answer = hear(in);
        return answer.readByte() == WireFormat.PROOF ? named(hear(in)) : refusal(answer);
      }
      throw new IOException("not asked for a secret");
    } catch (SocketTimeoutException e) {
      throw new AssertionError("no answer at all: " + this, e);
    } catch (IOException e) {
      return "closed";
    }
  }

  private static String named(WireReader answer) {
    return answer.readByte() == WireFormat.WELCOME ? "open" : "something else";
  }

  private static String refusal(WireReader answer) {
    return "refused: " + HandshakeCodec.readReject(answer).refusal();
  }

  private static void say(Socket socket, int type, Consumer<WireWriter> body) throws IOException {
    WireWriter frame = new WireWriter(256);
    int start = frame.beginItem();
    frame.writeByte(type);
    body.accept(frame);
    frame.endItem(start);
    socket.getOutputStream().write(frame.toBytes());
  }

  private static WireReader hear(DataInputStream in) throws IOException {
    byte[] frame = new byte[in.readInt()];
    in.readFully(frame);
    return new WireReader(frame);
  }

  /** Begins as members do at the cluster port: "heard" while it is not closed, or "closed". */
  String speak(int port) throws IOException {
    try (Socket socket = connect(port, QUIET_MILLIS)) {
      // How Pekko's Artery begins a stream of control messages over TCP.
      socket.getOutputStream().write("AKKA\u0001".getBytes(StandardCharsets.ISO_8859_1));
      while (socket.getInputStream().read() >= 0) {
        // An alert of TLS may come first.
      }
      return "closed";
    } catch (SocketTimeoutException e) {
      return "heard";
    } catch (IOException e) {
      return "closed";
    }
  }
}
