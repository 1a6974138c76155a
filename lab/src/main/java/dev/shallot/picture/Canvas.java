package dev.shallot.picture;

/**
 * What pictures are drawn on. Lengths are pixels, x to the right, y downwards; colours are {@code
 * #rrggbb}.
 */
public interface Canvas {
  /** How a line is drawn; an empty dash is a solid line, otherwise lengths with blanks between. */
  record Pen(String color, double width, String dash) {
    /** A solid line. */
    public static Pen solid(String color, double width) {
      return new Pen(color, width, "");
    }
  }

  /** Where a text stands relative to its point. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /** How a text is written; angle in degrees, clockwise. */
  record Lettering(String color, double size, boolean bold, Anchor anchor, double angle) {
    /** Plain text that begins at its point. */
    public static Lettering plain(String color, double size) {
      return new Lettering(color, size, false, Anchor.START, 0);
    }

    /** The same at another anchor. */
    public Lettering at(Anchor other) {
      return new Lettering(color, size, bold, other, angle);
    }
  }

  /** Marks of points. */
  enum Mark {
    CIRCLE,
    SQUARE,
    TRIANGLE,
    DIAMOND,
    CROSS,
    RING
  }

  /** A filled rectangle; the tip is shown when a reader points at it, and may be empty. */
  void rectangle(double x, double y, double width, double height, String fill, String tip);

  /** A line through points; one with a coordinate that is not finite breaks it. */
  void line(double[] x, double[] y, Pen pen);

  /** A filled polygon of finite points. */
  void area(double[] x, double[] y, String fill, double opacity);

  /** A line of text; y is its base line. */
  void text(double x, double y, String text, Lettering type);

  /** A mark of about 8 pixels. */
  void mark(double x, double y, Mark mark, String color, String tip);

  /** A straight line. */
  default void line(double x1, double y1, double x2, double y2, Pen pen) {
    line(new double[] {x1, x2}, new double[] {y1, y2}, pen);
  }

  /** A mark without a tip. */
  default void mark(double x, double y, Mark mark, String color) {
    mark(x, y, mark, color, "");
  }
}
