package dev.shallot.report;

import java.util.List;

/**
 * The axes that several spectra share: ranks from 1 to the largest order, eigenvalues on a
 * logarithmic scale, with a place of its own below for those that are zero but for rounding. Where
 * not all eigenvalues are known, ranks are on a logarithmic scale too, since the known ones crowd
 * at the first.
 *
 * @param order the largest order
 * @param logarithmic whether ranks are on a logarithmic scale
 * @param low lower end of the logarithmic scale, above 0
 * @param high its upper end, above low
 * @param zeros whether any eigenvalue is drawn as zero
 */
record SpectrumScale(int order, boolean logarithmic, double low, double high, boolean zeros) {
  static SpectrumScale of(List<Spectrum> spectra) {
    int order = 1;
    boolean logarithmic = false;
    double largest = 0.0;
    for (Spectrum spectrum : spectra) {
      logarithmic |= !spectrum.complete();
      order = Math.max(order, spectrum.order());
      largest = Math.max(largest, spectrum.largest());
    }
    double top = largest > 0 ? largest : 1.0;
    // An eigenvalue is wrong by about so much: one below it has no digit and is drawn as zero.
    double rounding = order * Math.ulp(top);
    double smallest = top;
    boolean zeros = false;
    for (Spectrum spectrum : spectra) {
      for (double value : spectrum.values()) {
        if (value > rounding) {
          smallest = Math.min(smallest, value);
        } else {
          zeros = true;
        }
      }
    }
    double margin = Math.pow(top / smallest, 0.03) * 1.02;
    return new SpectrumScale(order, logarithmic, smallest / margin, top * margin, zeros);
  }

  /** Where an eigenvalue lies on the logarithmic scale, 0 at its lower end and 1 at its upper. */
  double height(double value) {
    return (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low));
  }

  /** Whether an eigenvalue is drawn as zero. */
  boolean vanishes(double value) {
    return value < low;
  }

  /** Where a rank lies, 0 for the first and 1 for the last of the largest order. */
  double across(int rank) {
    if (order == 1) {
      return 0.5;
    }
    return logarithmic ? Math.log(rank) / Math.log(order) : (rank - 1.0) / (order - 1.0);
  }

  /** What stands below the ranks. */
  String rankTitle() {
    return "rank of the eigenvalue, largest first" + (logarithmic ? ", log scale" : "");
  }
}
