package dev.shallot.reproduce;

import dev.shallot.data.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A kind of figure: what to measure, how to judge it, how to draw it. */
interface Figure {
  /** Makes the runs, or what is left of them. */
  default Results measure(Setup setup, Workshop workshop) {
    List<Point> points = new ArrayList<>();
    for (Part part : setup.parts(workshop.size())) {
      points.addAll(workshop.run(part));
    }
    return new Results(points);
  }

  /**
   * What tells the user's data from other data: SHA-256 of the file, or of what a figure reads.
   *
   * @throws dev.shallot.data.DataException if it cannot be read
   */
  default String identity(Path data) {
    return Sha256.of(data);
  }

  /** A verdict for each predicate, from results alone. */
  List<Verdict> judge(Setup setup, Results results);

  /** The pictures, from results alone. */
  List<Plate> draw(Setup setup, Results results);
}
