package dev.shallot.bound;

/** Where a statement or a number comes from, and what may be made of it. */
public enum Label {
  /** Explicit constants: it may be compared with a measurement. */
  EXPL("explicit constants"),
  /** Only an order is stated; the number takes the hidden constant as 1 and bounds nothing. */
  ORD("order, constant = 1"),
  /** As published, and our derivation agrees. */
  SRC("as published"),
  /** Derived again, because what we have of the publication is damaged. */
  RE("derived again"),
  /** The published claim is wrong or its proof has a gap; see the errata. */
  ERR("published with an error"),
  /** Not published: derived here. */
  OURS("derived here");

  private final String meaning;

  Label(String meaning) {
    this.meaning = meaning;
  }

  /** A few words. */
  public String meaning() {
    return meaning;
  }
}
