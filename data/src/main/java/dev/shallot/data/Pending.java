package dev.shallot.data;

/** Marks what is still to be written. */
final class Pending {
  private Pending() {}

  @SuppressWarnings({"TypeParameterUnusedInFormals", "DoNotCallSuggester"})
  static <T> T value() {
    throw new UnsupportedOperationException("not yet");
  }
}
