package dev.shallot.spectrum;

import java.util.List;

/** Lanczos' method with full reorthogonalisation, for matrices known by their products alone. */
@SuppressWarnings("DoNotCallSuggester") // the skeleton goes first
public final class Lanczos {
  private Lanczos() {}

  /** Estimates of the {@code count} largest eigenvalues, descending; at most so many products. */
  public static List<RitzPair> largest(
      SymmetricOperator operator, int size, int count, int mostSteps) {
    throw new UnsupportedOperationException();
  }

  /** Estimates of the {@code count} smallest eigenvalues, ascending; at most so many products. */
  public static List<RitzPair> smallest(
      SymmetricOperator operator, int size, int count, int mostSteps) {
    throw new UnsupportedOperationException();
  }
}
