package dev.shallot.report;

import dev.shallot.picture.Figures;
import dev.shallot.picture.LogTicks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Spectra as a picture of letters: eigenvalues on a logarithmic scale against their rank. */
public final class SpectrumText {
  private static final int WIDTH = 66;
  private static final int HEIGHT = 15;
  private static final char[] MARKS = {'o', '+', 'x', '#'};
  private static final char SEVERAL = '*';

  private SpectrumText() {}

  /** The picture's lines; at most four spectra. */
  public static List<String> lines(List<Spectrum> spectra) {
    SpectrumScale scale = SpectrumScale.of(spectra);
    int height = HEIGHT + (scale.zeros() ? 1 : 0);
    char[] paper = new char[height * WIDTH];
    Arrays.fill(paper, ' ');
    int[] owner = new int[paper.length];
    Arrays.fill(owner, -1);
    for (int s = 0; s < spectra.size(); s++) {
      Spectrum spectrum = spectra.get(s);
      for (int k = 0; k < spectrum.values().length; k++) {
        int column = (int) Math.round(scale.across(spectrum.ranks()[k]) * (WIDTH - 1));
        int at = row(scale, spectrum.values()[k]) * WIDTH + column;
        paper[at] = owner[at] < 0 || owner[at] == s ? MARKS[s] : SEVERAL;
        owner[at] = s;
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(legend(spectra));
    String[] labels = labels(scale, height);
    for (int row = 0; row < height; row++) {
      String line = new String(paper, row * WIDTH, WIDTH).stripTrailing();
      lines.add("%10s %s%s".formatted(labels[row], labels[row].isEmpty() ? '|' : '+', line));
    }
    lines.add("%10s +%s".formatted("", "-".repeat(WIDTH)));
    String last = Integer.toString(scale.order());
    lines.add("%10s  1%s%s".formatted("", " ".repeat(WIDTH - 1 - last.length()), last));
    lines.add("%10s  %s".formatted("", scale.rankTitle()));
    return lines;
  }

  private static String legend(List<Spectrum> spectra) {
    StringBuilder legend = new StringBuilder("eigenvalues, log scale:");
    for (int s = 0; s < spectra.size(); s++) {
      legend.append(s == 0 ? " " : ", ").append(MARKS[s]).append(' ').append(spectra.get(s).name());
    }
    return legend.append(spectra.size() > 1 ? ", " + SEVERAL + " several" : "").toString();
  }

  private static int row(SpectrumScale scale, double value) {
    if (scale.vanishes(value)) {
      return HEIGHT;
    }
    return (int) Math.round((1 - scale.height(value)) * (HEIGHT - 1));
  }

  /** A label where a tick of the axis falls. */
  private static String[] labels(SpectrumScale scale, int height) {
    String[] labels = new String[height];
    Arrays.fill(labels, "");
    for (double tick : LogTicks.of(scale.low(), scale.high())) {
      String text = String.format(Locale.ROOT, "%.1e", tick);
      String plain = tick >= 1e-3 && tick < 1e5 ? Figures.exact(tick) : text;
      labels[row(scale, tick)] = plain.length() <= 8 ? plain : text;
    }
    if (height > HEIGHT) {
      labels[HEIGHT] = "0";
    }
    return labels;
  }
}
