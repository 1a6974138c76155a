package dev.shallot.report;

import dev.shallot.run.AtomicFile;
import dev.shallot.run.RunException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads {@code events.jsonl} once, front to back, line by line. A process that dies while it
 * appends leaves a last line without its end; that line is dropped and told. Any other line that
 * does not fit is an error that names the file and the line.
 */
final class EventReader {
  private EventReader() {}

  /**
   * Reads a log.
   *
   * @param file the log
   * @param detailSteps how many micro-steps to keep one by one, see {@link RunSeries}
   * @throws RunException if it cannot be read or is damaged
   */
  static RunSeries read(Path file, int detailSteps) {
    SeriesBuilder series = new SeriesBuilder(detailSteps);
    RoundReader rounds = new RoundReader(series);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      Lines lines = new Lines(in);
      while (lines.next()) {
        try {
          EventLine line = EventLine.parse(lines.bytes, 0, lines.length);
          // Whole, even if the end of the line is missing: from here on an error is damage.
          lines.ended = true;
          rounds.add(line);
        } catch (RunException e) {
          if (lines.ended) {
            throw new RunException(
                "%s, line %s: %s".formatted(file, lines.number, e.getMessage()), e);
          }
          series.note(
              "The last line of %s (line %s) was cut off while it was written; it is left out."
                  .formatted(file.getFileName(), lines.number));
        }
      }
    } catch (IOException e) {
      throw new RunException("cannot read %s: %s".formatted(file, AtomicFile.reason(e)), e);
    }
    return series.build(rounds);
  }

  /** Lines as bytes, and whether the last one has its end. */
  private static final class Lines {
    private final InputStream in;
    private byte[] bytes = new byte[4096];
    private int length;
    private boolean ended;
    private long number;

    private Lines(InputStream in) {
      this.in = in;
    }

    private boolean next() throws IOException {
      length = 0;
      int read = in.read();
      if (read < 0) {
        return false;
      }
      while (read >= 0 && read != '\n') {
        if (length == bytes.length) {
          bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = (byte) read;
        read = in.read();
      }
      ended = read == '\n';
      number++;
      return true;
    }
  }
}
