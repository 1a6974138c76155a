package dev.shallot.picture;

import java.util.List;

/**
 * Colours of pictures. Series are told apart by dash and mark as well, so that nobody needs the
 * colours; those are Okabe and Ito's, which colour-blind readers can tell apart. Heat maps run
 * through cividis, which looks the same to most colour-blind readers and grows evenly darker in
 * print.
 *
 * @param back background
 * @param text titles and labels
 * @param muted ticks and remarks
 * @param axis axis lines
 * @param grid grid lines
 * @param series colours of series, in order
 */
public record Palette(
    String back, String text, String muted, String axis, String grid, List<String> series) {
  /** For paper and light pages. */
  public static final Palette LIGHT =
      new Palette(
          "#ffffff",
          "#1f2328",
          "#59636e",
          "#8b949e",
          "#e4e8ec",
          List.of("#0072b2", "#d55e00", "#009e73", "#a3528a", "#7a5c00", "#3a3f45"));

  /** For dark pages. */
  public static final Palette DARK =
      new Palette(
          "#14171c",
          "#e6e9ed",
          "#a3adb8",
          "#6b7682",
          "#2b3139",
          List.of("#56b4e9", "#e69f00", "#1fc79a", "#e29ac8", "#f0e442", "#c9d1d9"));

  private static final int[] CIVIDIS = {
    0x00204D, 0x00336F, 0x39486B, 0x575C6D, 0x707173, 0x8A8779, 0xA69D75, 0xC4B56C, 0xE4CF5B,
    0xFFEA46
  };

  public Palette {
    series = List.copyOf(series);
  }

  /** The colour of a series; they repeat. */
  public String of(int index) {
    return series.get(Math.floorMod(index, series.size()));
  }

  /**
   * The colour of a share of a heat map's range.
   *
   * @param share 0 is the smallest value, bright; 1 the largest, dark
   */
  public static String heat(double share) {
    int rgb = mixed(share);
    return "#%06x".formatted(rgb);
  }

  /** The colour of text on a heat map's cell. */
  public static String onHeat(double share) {
    int rgb = mixed(share);
    double luminance =
        0.2126 * linear(rgb >> 16 & 0xFF)
            + 0.7152 * linear(rgb >> 8 & 0xFF)
            + 0.0722 * linear(rgb & 0xFF);
    return luminance > 0.18 ? "#000000" : "#ffffff";
  }

  private static int mixed(double share) {
    double at = (1.0 - Math.clamp(share, 0.0, 1.0)) * (CIVIDIS.length - 1);
    int low = Math.min((int) at, CIVIDIS.length - 2);
    double part = at - low;
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = CIVIDIS[low] >> shift & 0xFF;
      int to = CIVIDIS[low + 1] >> shift & 0xFF;
      rgb |= (int) Math.round(from + part * (to - from)) << shift;
    }
    return rgb;
  }

  /** A channel of sRGB as a share of light. */
  private static double linear(int channel) {
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }
}
