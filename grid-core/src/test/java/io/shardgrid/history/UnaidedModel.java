package io.shardgrid.history;

import org.jspecify.annotations.Nullable;

/** A model of which a search knows nothing but what is right. */
record UnaidedModel<S, I, O>(SequentialModel<S, I, O> model) implements SequentialModel<S, I, O> {
  @Override
  public S initial() {
    return model.initial();
  }

  @Override
  public @Nullable S step(S state, I input, @Nullable O output) {
    return model.step(state, input, output);
  }
}
