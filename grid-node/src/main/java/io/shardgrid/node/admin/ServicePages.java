package io.shardgrid.node.admin;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The pages of a server that is no node of a grid, by path. Who may read which is said where it is
 * for nodes. Immutable.
 */
public record ServicePages(Map<String, Page> pages) {

  /** What a page of text is. */
  public static final String TEXT = "text/plain; charset=utf-8";

  /**
   * One page.
   *
   * @param summary what it is for
   * @param isAction whether it changes something, and wants POST
   * @param content makes it; must not block
   */
  public record Page(
      String summary, boolean isAction, Function<Asked, CompletionStage<Content>> content) {}

  /**
   * What a request says beside its path.
   *
   * @param parameters the values behind the question mark; of several of one name the first
   * @param accepted the forms that an answer may have, as in the header Accept
   */
  public record Asked(Map<String, String> parameters, String accepted) {
    public Asked {
      parameters = Map.copyOf(parameters);
    }
  }

  /**
   * What a page says.
   *
   * @param status of HTTP
   * @param type of the body; empty for what JSON is made of
   */
  public record Content(int status, String type, Object body) {

    /** JSON. */
    public static Content of(Object body) {
      return new Content(200, "", body);
    }

    /** Text. */
    public static Content text(String type, String body) {
      return new Content(200, type, body);
    }

    /** What is wrong. */
    public static Content problem(int status, String message) {
      return new Content(
          status, "", new Reply.Problem(status, status == 400 ? "Bad Request" : "", message));
    }
  }

  public ServicePages {
    pages = Map.copyOf(pages);
  }
}
