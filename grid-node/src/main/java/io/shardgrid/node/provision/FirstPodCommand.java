package io.shardgrid.node.provision;

import com.fasterxml.jackson.databind.JsonNode;
import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Screen;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells whether the node of this pod may found the cluster: no other pod is there. */
@Command(
    name = "first-pod",
    description = {
      "Asks Kubernetes whether this pod is the only one of its StatefulSet, and ends with 0 if it"
          + " is. Then no cluster can be there yet, and the node of this pod may found one: if the"
          + " StatefulSet has podManagementPolicy: OrderedReady, and only its first pod asks.",
      "Ends with another code if there are others, those included that are just ending, or if nobody"
          + " can tell: then the node joins."
    },
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar first-pod --pod shardgrid-0 --selector app=shardgrid")
public final class FirstPodCommand implements CliCommand {

  private static final int ENOUGH = 2;

  @Spec private CommandSpec spec;

  @Option(names = "--pod", required = true, paramLabel = "NAME", description = "Name of this pod.")
  private String pod = "";

  @Option(
      names = "--selector",
      required = true,
      paramLabel = "LABELS",
      description = "Labels that the pods of the StatefulSet have, and no others, as a=b,c=d.")
  private String selector = "";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "HOCON file of the node, for its grid.node.provision.kubernetes.")
  private @Nullable Path config;

  @Override
  public Integer call() {
    List<String> names =
        names(await(ApiServer.find(KubernetesSettings.load(config), System::getenv)));
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    if (!names.contains(pod) && names.size() < ENOUGH) {
      throw new CommandException(
          ExitCode.USAGE,
          "The labels do not select this pod: --selector=%s, --pod=%s, found=%s"
              .formatted(selector, pod, names));
    }
    boolean isAlone = names.equals(List.of(pod));
    screen.line(isAlone ? "This is the only pod: " + pod : "There are other pods: " + names);
    return (isAlone ? ExitCode.OK : ExitCode.FAILED).number();
  }

  private ApiServer.Answer await(ApiServer server) {
    try {
      String labels = URLEncoder.encode(selector, StandardCharsets.UTF_8);
      return server
          .list(
              "/api/v1/namespaces/%s/pods?labelSelector=%s&limit=%d"
                  .formatted(server.namespace(), labels, ENOUGH))
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "Interrupted", e);
    } catch (ExecutionException e) {
      throw new CommandException(
          ExitCode.FAILED,
          "The API server cannot be asked: server=%s, cause=%s"
              .formatted(server.server(), Wording.cause(e)),
          e);
    } catch (UnusableSettingException e) {
      throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  /** The first pods that are there. */
  private static List<String> names(ApiServer.Answer answer) {
    JsonNode items = answer.body().path("items");
    if (!answer.isOk() || !items.isArray()) {
      throw new CommandException(
          ExitCode.FAILED,
          "The API server does not list pods: status=%d, message=%s; bind a Role with list on pods"
              .formatted(answer.status(), answer.message()));
    }
    List<String> names = new ArrayList<>();
    items.forEach(item -> names.add(item.at("/metadata/name").asText("")));
    return names;
  }
}
