package io.shardgrid.node.child;

import io.shardgrid.node.cli.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.LoggerFactory;

/** Ends this process when the one that has started it is gone, however that ended. Stateless. */
public final class StdinWatch {

  private StdinWatch() {}

  /** From now on the process ends with this code when its standard input does. */
  public static void begin(ExitCode code) {
    Thread watch =
        new Thread(
            () -> {
              try (InputStream in = System.in) {
                in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                LoggerFactory.getLogger(StdinWatch.class).warn("Standard input failed", e);
              }
              System.exit(code.number());
            },
            "grid-stdin");
    watch.setDaemon(true);
    watch.start();
  }
}
