package dev.shallot.bench.report;

/**
 * How somebody's numbers are drawn, the same in all pictures: colours that colour-blind people tell
 * apart (Okabe and Ito's), and a mark and a dash of one's own for those who see none.
 *
 * @param color of lines and marks
 * @param dash as SVG has it; empty for a solid line
 * @param mark the shape of the marks
 */
public record Style(String color, String dash, Mark mark) {

  /** Shapes of marks. */
  public enum Mark {
    CIRCLE,
    SQUARE,
    TRIANGLE,
    DIAMOND
  }

  /** Our dense engine. */
  public static final Style DENSE = new Style("#0072b2", "", Mark.CIRCLE);

  /** Our gram engine. */
  public static final Style GRAM = new Style("#d55e00", "", Mark.SQUARE);

  /** libtorch with gathered rows. */
  public static final Style GATHERED = new Style("#3d444d", "7 4", Mark.TRIANGLE);

  /** libtorch with masks. */
  public static final Style MASKED = new Style("#9a4d86", "2 4", Mark.DIAMOND);

  /** Something else. */
  public static final Style OTHER = new Style("#007a5a", "9 3 2 3", Mark.DIAMOND);

  /** A limit. */
  public static final Style LIMIT = new Style("#8b949e", "4 3", Mark.CIRCLE);
}
