package dev.shallot.spark.ml;

/** A column is absent, or of a type that cannot be used; the message names column and type. */
public final class SchemaException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  SchemaException(String message) {
    super(message);
  }
}
