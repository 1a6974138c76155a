package dev.shallot.picture;

/** Something that can be drawn: on a page, in light or dark, or into a file for a paper. */
public interface Picture {
  /** What it shows, in a line. */
  String title();

  /** Width in pixels. */
  double width();

  /** Height in pixels. */
  double height();

  /** Draws it, background excluded. */
  void draw(Canvas canvas, Palette palette);
}
