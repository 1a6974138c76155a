package dev.shallot.run;

/** Takes the lines of an event log as they are made. */
interface EventSink {
  /** Takes a line, without its end. */
  void line(CharSequence line);

  /** The lines of a round are complete. */
  void flush();
}
