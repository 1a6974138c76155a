package dev.shallot.engine;

import dev.shallot.TrainingException;
import java.io.IOException;

/**
 * Goes over a state piece by piece and either writes each piece somewhere or fills it from there:
 * who has a state names its pieces once, so that what is saved and what is restored cannot differ.
 * Names are at most four letters and tell the pieces of one state apart; pieces of one name are one
 * array, handed out from its beginning to its end, and may be cut otherwise when it is restored.
 */
public interface StateExchange {

  /** What is done with the pieces. */
  enum Purpose {
    /** Only how many numbers there are is looked at, not which. */
    SIZES,
    /** They are written somewhere, and stay as they are. */
    SAVE,
    /** They are filled. */
    RESTORE
  }

  /** What this is for; of use to whoever would have to fetch its pieces from elsewhere. */
  Purpose purpose();

  /** Exchanges {@code rows x columns} numbers of a flat array of that stride, bit for bit. */
  void floats(String name, float[] array, int rows, int columns, int stride) throws IOException;

  /** As {@link #floats}. */
  void doubles(String name, double[] array, int rows, int columns, int stride) throws IOException;

  /** Exchanges the first {@code count} numbers. */
  void longs(String name, long[] array, int count) throws IOException;

  /** As {@link #floats}, for an array of either type. */
  default <A> void numbers(String name, A array, int rows, int columns, int stride)
      throws IOException {
    switch ((Object) array) {
      case float[] floats -> floats(name, floats, rows, columns, stride);
      case double[] doubles -> doubles(name, doubles, rows, columns, stride);
      default -> throw new TrainingException("no array of numbers: " + array.getClass());
    }
  }

  /** Exchanges one number and returns it: the given one when saving, the saved one else. */
  default long whole(String name, long value) throws IOException {
    long[] one = {value};
    longs(name, one, 1);
    return one[0];
  }

  /** As {@link #whole}. */
  default double number(String name, double value) throws IOException {
    double[] one = {value};
    doubles(name, one, 1, 1, 1);
    return one[0];
  }
}
