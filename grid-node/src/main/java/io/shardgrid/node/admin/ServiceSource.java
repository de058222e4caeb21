package io.shardgrid.node.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.shardgrid.trace.Tracing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Answers from {@link ServicePages}. Immutable. */
final class ServiceSource implements PageSource {

  private final ServicePages pages;

  ServiceSource(ServicePages pages) {
    this.pages = pages;
  }

  @Override
  public @Nullable Tracing tracing() {
    return null;
  }

  @Override
  public boolean isPart(String path) {
    return false;
  }

  @Override
  public boolean has(String path) {
    ServicePages.Page page = pages.pages().get(path);
    return page != null && !page.isAction();
  }

  @Override
  public boolean isAction(String path) {
    ServicePages.Page page = pages.pages().get(path);
    return page != null && page.isAction();
  }

  @Override
  public CompletionStage<Reply> content(String path, Parameters parameters) {
    ServicePages.Page page = pages.pages().get(path);
    if (page == null) {
      return CompletableFuture.completedStage(
          Reply.problem(
              HttpResponseStatus.NOT_FOUND,
              "There is no such page: pages="
                  + String.join(" ", new TreeSet<>(pages.pages().keySet()))));
    }
    return page.content()
        .apply(new ServicePages.Asked(firsts(parameters.values()), parameters.accepted()))
        .thenApply(ServiceSource::reply);
  }

  private static Map<String, String> firsts(Map<String, List<String>> values) {
    Map<String, String> firsts = new HashMap<>();
    values.forEach((name, all) -> firsts.put(name, all.isEmpty() ? "" : all.get(0)));
    return firsts;
  }

  private static Reply reply(ServicePages.Content content) {
    Object body =
        content.type().isEmpty()
            ? content.body()
            : new Reply.Text(content.type(), String.valueOf(content.body()));
    return new Reply(HttpResponseStatus.valueOf(content.status()), body);
  }

  @Override
  public void close() {}
}
