package dev.shallot.report;

import java.util.List;

/**
 * The axes that several spectra share: ranks from 1 to the largest order, eigenvalues on a
 * logarithmic scale, with a place of its own below for those that are zero but for rounding.
 *
 * @param order the largest order
 * @param low lower end of the logarithmic scale, above 0
 * @param high its upper end, above low
 * @param zeros whether any eigenvalue is drawn as zero
 */
record SpectrumScale(int order, double low, double high, boolean zeros) {
  static SpectrumScale of(List<Spectrum> spectra) {
    int order = 1;
    double largest = 0.0;
    for (Spectrum spectrum : spectra) {
      order = Math.max(order, spectrum.order());
      largest = Math.max(largest, spectrum.largest());
    }
    double top = largest > 0 ? largest : 1.0;
    double smallest = top;
    boolean zeros = false;
    for (Spectrum spectrum : spectra) {
      smallest = Math.min(smallest, spectrum.smallest(top));
      for (double value : spectrum.values()) {
        zeros |= Spectrum.vanishes(value, top);
      }
    }
    double margin = Math.pow(top / smallest, 0.03) * 1.02;
    return new SpectrumScale(order, smallest / margin, top * margin, zeros);
  }

  /** Where an eigenvalue lies on the logarithmic scale, 0 at its lower end and 1 at its upper. */
  double height(double value) {
    return (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low));
  }

  boolean vanishes(double value) {
    return Spectrum.vanishes(value, high) || value < low;
  }

  /** Where a rank lies, 0 for the first and 1 for the last of the largest order. */
  double across(int rank) {
    return order == 1 ? 0.5 : (rank - 1.0) / (order - 1.0);
  }
}
