package io.shardgrid.node.security;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All users and tokens as they were at one moment. Immutable; compare by identity. */
public final class AccessBook {

  /** Nobody is known, so everybody may do everything. */
  public static final AccessBook OPEN = new AccessBook(Map.of(), List.of());

  private final Map<String, User> users;
  private final List<User> allUsers;
  private final List<Token> tokens;

  AccessBook(Map<String, User> users, List<Token> tokens) {
    this.users = Map.copyOf(users);
    this.allUsers = List.copyOf(users.values());
    this.tokens = List.copyOf(tokens);
  }

  /** Whether callers have to say who they are. */
  public boolean isRequired() {
    return !users.isEmpty() || !tokens.isEmpty();
  }

  /** The user of this name who may log in, or null. */
  @Nullable User user(String name) {
    User user = users.get(name);
    return user != null && user.isEnabled() ? user : null;
  }

  /**
   * Whoever a check of an unknown name is to take as long for as for one of the known ones; null if
   * there is nobody.
   *
   * @param number any; the same for the same name, so that its time says nothing either
   */
  @Nullable User decoy(int number) {
    return allUsers.isEmpty() ? null : allUsers.get(Math.floorMod(number, allUsers.size()));
  }

  /**
   * The user as this book has it, whose password was checked by an earlier one; null if the user is
   * gone, disabled, or has none of those passwords any more.
   */
  public @Nullable User renewed(User user) {
    User now = user(user.name());
    return now != null && now.passwords().stream().anyMatch(user.passwords()::contains)
        ? now
        : null;
  }

  /** The token with this digest, or null. Takes as long for every digest. */
  public @Nullable Token token(String digest, Instant now) {
    Token found = null;
    for (Token token : tokens) {
      if (token.is(digest)) {
        found = token;
      }
    }
    return found == null || found.isOver(now) ? null : found;
  }

  int users() {
    return users.size();
  }

  int tokens() {
    return tokens.size();
  }
}
