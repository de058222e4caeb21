package io.shardgrid.node.admin;

import com.typesafe.config.ConfigFactory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.shardgrid.fuzz.ErrorLog;
import io.shardgrid.fuzz.FuzzTarget;
import io.shardgrid.fuzz.Pieces;
import io.shardgrid.node.access.InProcessGrid;
import io.shardgrid.node.security.AccessDesk;
import io.shardgrid.node.security.SampleUsers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Connections of HTTP clients, from bytes to answers: each answer has a status that is documented,
 * a stranger gets nothing but pages that are open, and nothing is logged as a bug.
 */
final class HttpTarget implements FuzzTarget {

  /* An input: with or without users (1 byte, odd or even), and what the client sends. */

  private static final Set<String> STATUSES =
      Set.of("200", "400", "401", "403", "404", "405", "409", "413", "417", "429", "501", "503");
  private static final Set<String> OF_STRANGERS = Set.of("400", "401", "405", "413", "417", "429");
  private static final String LINE = "HTTP/1.1 ";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
  private static final int REQUEST_BYTES_MAX = 1024;
  private static final int RUNS_OF_A_GRID = 500;

  private static final AdminSettings SETTINGS =
      AdminSettings.from(
          ConfigFactory.parseString(
              """
              node.http { port = 0, backlog = 16, connections-max = 10, pipeline-max = 4
                connections-per-source-max = 10, request-timeout = 10 s
                request-bytes-max = 1 KiB, report-timeout = 50 ms, idle-timeout = 60 s }
              node.console { subscribers-max = 2, event-bytes-max = 1 MiB, interval = 1 s
                drills { enabled = off, heap = 512m, lines-max = 100, time-max = 1m } }
              """));

  private final ErrorLog errors = ErrorLog.listening();
  private final AccessDesk nobody = AccessDesk.unattended();
  private final AccessDesk users = SampleUsers.desk();
  private Pages pages = served();
  private int runs;

  private static Pages served() {
    Pages pages = new Pages(SETTINGS.reportTimeout(), SETTINGS.console(), Clock.systemUTC());
    pages.serve(new InProcessGrid(4), List.of());
    return pages;
  }

  @Override
  public boolean run(byte[] input) {
    if (input.length == 0) {
      return false;
    }
    if (++runs % RUNS_OF_A_GRID == 0) {
      // What orders were given is remembered for ever by this grid.
      pages = served();
    }
    boolean hasUsers = (input[0] & 1) == 1;
    byte[] said = Arrays.copyOfRange(input, 1, input.length);
    boolean isAnswered = isAnswered(List.of(said), hasUsers);
    isAnswered(Pieces.some(said), hasUsers);
    errors.requireNone();
    return isAnswered;
  }

  private boolean isAnswered(List<byte[]> pieces, boolean hasUsers) {
    AdminGate gate = new AdminGate(hasUsers ? users : nobody);
    RequestDeadline deadline = new RequestDeadline(SETTINGS.requestTimeout(), new LongAdder());
    EmbeddedChannel channel =
        new EmbeddedChannel(
            deadline,
            new HttpServerCodec(),
            deadline.watcher(),
            new HttpObjectAggregator(REQUEST_BYTES_MAX),
            new AdminConnection(pages, gate, SETTINGS.pipelineMax()));
    for (byte[] piece : pieces) {
      if (channel.isOpen()) {
        channel.writeInbound(Unpooled.copiedBuffer(piece));
        channel.runPendingTasks();
      }
    }
    ByteBuf out = Unpooled.buffer();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      out.writeBytes(part);
      part.release();
    }
    channel.finishAndReleaseAll();
    String text = out.toString(StandardCharsets.ISO_8859_1);
    requireStatuses(text, hasUsers);
    return text.startsWith(LINE + "200");
  }

  private static void requireStatuses(String text, boolean hasUsers) {
    if (!text.isEmpty() && !text.startsWith(LINE)) {
      throw new AssertionError("no answer: " + text);
    }
    for (int at = text.indexOf(LINE); at >= 0; at = text.indexOf(LINE, at + 1)) {
      String status = text.substring(at + LINE.length(), at + LINE.length() + 3);
      boolean isOpen = isOpenPage(text, text.indexOf("\r\n\r\n", at) + 4);
      boolean isFine =
          STATUSES.contains(status) && (!hasUsers || isOpen || OF_STRANGERS.contains(status));
      if (!isFine) {
        throw new AssertionError(
            "status: " + text.substring(at, Math.min(at + 300, text.length())));
      }
    }
  }

  /** Whether it is the body of one of the pages about life and readiness, or none. */
  private static boolean isOpenPage(String text, int from) {
    String begin = text.substring(from, Math.min(from + 20, text.length())).replaceAll("\\s", "");
    return begin.startsWith("{\"live\"")
        || begin.startsWith("{\"ready\"")
        || begin.isEmpty()
        || begin.startsWith("HTTP/1.1");
  }

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (String path :
        List.of(
            "/",
            "/cluster?pretty",
            "/entries?map=m&key=k",
            "/entries/scan?map=m&count=5",
            "/health",
            "/health/live",
            "/health/report",
            "/maps",
            "/metrics",
            "/links",
            "/shards",
            "/migrations",
            "/migrations/plan?weight=a=5",
            "/autoscale?decisions=3",
            "/events")) {
      seeds.add(text(0, "GET " + path + " HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\n"));
      seeds.add(text(1, "GET " + path + " HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\n"));
    }
    for (String action :
        List.of(
            "/weight?weight=5",
            "/entries/put?map=m&key=k",
            "/entries/remove?map=m&key=k",
            "/migrations/pause",
            "/migrations/cancel?shard=1,2",
            "/migrations/verify",
            "/shards/accept-loss")) {
      seeds.add(
          text(
              0,
              "POST " + action + " HTTP/1.1\r\nX-Shardgrid: 1\r\nContent-Length: 5\r\n\r\nvalue"));
    }
    seeds.add(text(1, "GET /maps HTTP/1.1\r\nAuthorization: Basic cmVhZGVyOndyb25n\r\n\r\n"));
    seeds.add(text(1, "HEAD /maps HTTP/1.0\r\nAuthorization: Bearer abc\r\n\r\n"));
    seeds.add(text(0, "POST /entries/put?map=m&key=%61 HTTP/1.1\r\n" + CHUNKED));
    return seeds;
  }

  private static byte[] text(int first, String text) {
    byte[] said = text.getBytes(StandardCharsets.UTF_8);
    return Unpooled.buffer(1 + said.length).writeByte(first).writeBytes(said).array();
  }

  @Override
  public int inputBytesMax() {
    return 2000;
  }

  @Override
  public long allocatedBytesMax(int inputBytes) {
    return (16L << 20) + (64L << 10) * inputBytes;
  }

  @Override
  public long stepsMax(int inputBytes) {
    return 5_000_000;
  }

  @Override
  public void close() {
    errors.close();
    nobody.close();
    users.close();
  }
}
