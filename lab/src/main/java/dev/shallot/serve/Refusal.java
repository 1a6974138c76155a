package dev.shallot.serve;

/** A request that is not answered with what it asked for. The message is for whoever asked. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  Refusal(int status, String message) {
    super(message);
    this.status = status;
  }

  /** HTTP's number. */
  int status() {
    return status;
  }

  static Refusal notFound(String what) {
    return new Refusal(404, what);
  }
}
