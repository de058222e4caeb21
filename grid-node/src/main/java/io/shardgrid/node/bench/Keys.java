package io.shardgrid.node.bench;

/** The keys of a load, 16 characters each, made once. Immutable. */
final class Keys {

  private static final String FORM = "k%015d";

  private final String[] keys;

  Keys(int number) {
    keys = new String[number];
    for (int key = 0; key < number; key++) {
      keys[key] = FORM.formatted(key);
    }
  }

  int number() {
    return keys.length;
  }

  String at(int index) {
    return keys[index];
  }
}
