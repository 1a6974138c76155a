package dev.shallot.errata;

import java.util.List;
import java.util.Optional;

/**
 * The register. It is about the submission to ICLR 2022; the article in TMLR of the same year was
 * not at hand and may differ. What may be damage of our copy, or a mere choice of notation, is left
 * out.
 */
public final class Errata {
  /** What every reader should know first. */
  public static final List<String> PREFACE =
      List.of(
          "Found in the ICLR 2022 submission of Liao and Kyrillidis while every lemma was made"
              + " executable.",
          "We had no copy of the article in TMLR 2022 and do not say that it has them too. What is"
              + " below",
          "touches constants and proofs; the shape of Theorem 3 stands. Corrections are welcome.");

  private Errata() {}

  /** All entries. */
  public static List<Erratum> all() {
    return List.of(
        new Erratum(
            "E1",
            "section 3 and table 1",
            "the training loss with 1/2 in the text, without it in the table",
            "the printed gradient is that of 1/2 ||y - f||^2; errors are reported without 1/2",
            "a factor 2 in the step size",
            TextChecks::half),
        new Erratum(
            "E3",
            "Theorem 3",
            "|y| <= C - 1 with C >= 0",
            "C >= 1, which is what Lemma 26 uses",
            "a misprint",
            TextChecks::labelBound),
        new Erratum(
            "E4",
            "display (8)",
            "S_i is the set of neurons for which the flip event occurs",
            "S_i is its complement; the proofs use it so",
            "a lost negation",
            TextChecks::flips),
        new Erratum(
            "E5",
            "Property 3 (Hoeffding)",
            "for |X_i| <= 1 the exponent -2 n t^2, without centring",
            "right for centred variables in intervals of length 1, which is how it is used",
            "none for the results",
            TextChecks::hoeffding),
        new Erratum(
            "E6",
            "Lemma 16",
            "a bound on |S_i|",
            "it bounds the complement: at most 4 m R/kappa neurons can flip",
            "a misprint; the proof is about the complement",
            TextChecks::flips),
        new Erratum(
            "E7",
            "Lemma 22",
            "with probability 1 - exp(md/32)",
            "1 - exp(-md/32)",
            "a lost sign",
            TextChecks::negativeProbability),
        new Erratum(
            "E9",
            "Hypothesis 1, (3) and (5)",
            "by Markov, ||y - u_k|| <= sqrt(2K/delta) E||y - u_k||",
            "Markov on the square gives the root mean square in place of the mean",
            "(3) and (5) hold with the root mean square, as Shallot evaluates them",
            TextChecks::markov),
        new Erratum(
            "E10",
            "Lemmas 21 and 24",
            "E[1/X | X >= 1] = theta/(p xi), X ~ Bin(p, xi)",
            "that is E[1/X] given that one subnet, chosen beforehand, holds the neuron",
            "too small for p >= 2, by up to 1.36 in what we tried; C1 survives by the slack"
                + " elsewhere",
            MaskChecks::reciprocal),
        new Erratum(
            "E11",
            "Lemma 21",
            "Var(nu | X_r >= 1) = (theta - xi^2)/p",
            "xi (1-xi) e/theta with e = E[1/X; X >= 1]",
            "neither exact nor always an upper bound; where too small, by a third at most in what"
                + " we tried",
            MaskChecks::variance),
        new Erratum(
            "E12",
            "Lemma 3",
            "the neuron's own part, (1-xi)^2, is at most theta - xi^2",
            "false for p = 1 and xi < 1/2: conditional and unconditional moments are mixed",
            "an effect of order 1/m; the bound holds in practice",
            MaskChecks::ownNeuron),
        new Erratum(
            "E13",
            "Lemmas 6 and 11, and their sum in appendix D",
            "the constants of T1 to T6",
            "carrying every factor gives others, and keeps factors xi^2, theta and kappa^2",
            "constants are sure within a factor of 4; the powers of n, d, m, p, tau, lambda_0"
                + " stand",
            BoundChecks::constants),
        new Erratum(
            "E14",
            "Lemma 7",
            "the bias term without an activation indicator",
            "the summand carries 1{<w_r, x_i> >= 0}",
            "the bound on it stands",
            TextChecks::missingIndicator),
        new Erratum(
            "E15",
            "Lemma 15, used in the proof of Theorem 4",
            "terms with a_r a_r', r' other than r, have mean 0",
            "they do not: trained weights depend on the signs a",
            "Theorem 4's proof does not stand as written; no run of ours contradicts its"
                + " conclusion",
            BoundChecks::crossTerm),
        new Erratum(
            "E16",
            "introduction",
            "the bias decreases with the number of subnetworks",
            "the variance does; the bias grows with theta and falls with m and with 1 - xi",
            "the sentence only",
            MaskChecks::bias),
        new Erratum(
            "E17",
            "multi-sample dropout as a special case",
            "Algorithm 1 with tau = 1 is multi-sample dropout",
            "that method divides by p, Algorithm 1 by the count X_r; means differ by xi/theta",
            "Corollary 2 is about Algorithm 1; --aggregation subnet-mean is the other",
            MaskChecks::multiSample),
        new Erratum(
            "E18",
            "Corollary 1",
            "an error term of order 1 - xi",
            "Theorem 3 gives xi (1-xi); and its rate holds another xi inside lambda_0",
            "true, and loose as xi falls",
            MaskChecks::dropoutOrder),
        new Erratum(
            "E19",
            "Corollaries 2 and 3",
            "the error term (theta - xi^2)/p falls with p",
            "from p = 2 on: p = 1 and p = 2 give the same, xi (1-xi)",
            "the first extra mask gains nothing in the bound",
            MaskChecks::onePartner),
        new Erratum(
            "E23",
            "released code, not text",
            "a neuron that no subnetwork holds becomes zero, and with ReLU never moves again",
            "Algorithm 1 keeps it",
            "at small p xi most neurons die; --aggregation zero-uncovered shows the difference",
            TextChecks::zeroing));
  }

  /** The entry of an id, in any case. */
  public static Optional<Erratum> of(String id) {
    return all().stream().filter(e -> e.id().equalsIgnoreCase(id.strip())).findFirst();
  }
}
