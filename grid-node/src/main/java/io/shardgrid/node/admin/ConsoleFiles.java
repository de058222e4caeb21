package io.shardgrid.node.admin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of the console, as they are in the program. Immutable.
 *
 * <p>The page is asked for anew each time; what it loads has a path with a digest of all of it, so
 * that a browser never has to ask for it again, and never mixes two versions.
 */
final class ConsoleFiles {

  /**
   * What the page may do: scripts and styles are files of this node, no other site is asked for or
   * told anything, and no other site may frame it.
   */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String FOREVER = "public, max-age=31536000, immutable";
  private static final String PAGE = "index.html";
  private static final String BASE = "@BASE@";
  private static final int DIGEST_CHARS = 16;

  /** All but the page. */
  private static final List<String> PARTS =
      List.of(
          "console.css",
          "theme.js",
          "console.js",
          "dom.js",
          "format.js",
          "charts.js",
          "cluster-map.js",
          "overview.js",
          "moves.js",
          "drills.js",
          "scaling.js",
          "stores.js",
          "keys.js",
          "report.js",
          "icon.svg");

  private final Map<String, Reply.File> parts = new LinkedHashMap<>();
  private final Reply.File page;

  ConsoleFiles() {
    Map<String, byte[]> read = new LinkedHashMap<>();
    PARTS.forEach(name -> read.put(name, read(name)));
    byte[] template = read(PAGE);
    MessageDigest digest = sha256();
    digest.update(template);
    read.values().forEach(digest::update);
    String base =
        "/console/" + HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_CHARS) + "/";
    read.forEach(
        (name, bytes) -> parts.put(base + name, new Reply.File(typeOf(name), bytes, FOREVER)));
    page =
        new Reply.File(
            typeOf(PAGE),
            new String(template, StandardCharsets.UTF_8)
                .replace(BASE, base)
                .getBytes(StandardCharsets.UTF_8),
            "no-cache");
  }

  /** What a browser loads first. */
  Reply.File page() {
    return page;
  }

  /** What the page loads, by path. */
  Map<String, Reply.File> parts() {
    return Map.copyOf(parts);
  }

  private static byte[] read(String name) {
    try (InputStream in = ConsoleFiles.class.getResourceAsStream("console/" + name)) {
      if (in == null) {
        throw new IllegalStateException("A file of the console is missing: name=" + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("A file of the console cannot be read: name=" + name, e);
    }
  }

  private static String typeOf(String name) {
    String type =
        switch (name.substring(name.lastIndexOf('.') + 1)) {
          case "html" -> "text/html";
          case "css" -> "text/css";
          case "js" -> "text/javascript";
          case "svg" -> "image/svg+xml";
          default -> throw new IllegalStateException("Of what type is this? name=" + name);
        };
    return type + "; charset=utf-8";
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
