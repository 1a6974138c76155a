package dev.shallot.track;

import java.util.Locale;

/** What can be tracked. */
public enum TrackItem {
  /** How far the tangent kernel is from its start: ||H(k) - H(0)||_F / ||H(0)||_F. */
  KERNEL,
  /** lambda_min of the round's masked kernels, one a subnet, and of the whole network's kernel. */
  SPECTRUM,
  /** The share of activations 1{&lt;w_r, x_i&gt; &gt;= 0} that differ from their start. */
  FLIPS,
  /** How far neurons are from their start, beside the radius R. */
  DISPLACEMENT,
  /** The residual in the eigenbasis of the kernel at the start. */
  RESIDUAL,
  /** sigma_min(Phi)^2, the constant of the Polyak-Lojasiewicz inequality. */
  PL;

  /** The word in a plan. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
