package dev.shallot.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.TrainingException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskLawsKeepTheirPromisesTest {
  private static final List<MaskLaw> LAWS =
      List.of(
          new MaskLaw.Full(3),
          new MaskLaw.Bernoulli(5, 0.3),
          new MaskLaw.Categorical(4),
          new MaskLaw.EqualPartition(4));

  @Test
  void coverageHeldUncoveredAndTheirSumAgreeWithTheBits() {
    for (MaskLaw law : LAWS) {
      MaskSet masks = law.draw(11, 2, 132);
      long sum = 0;
      int uncovered = 0;
      for (int r = 0; r < masks.width(); r++) {
        int coverage = 0;
        for (int l = 0; l < masks.subnets(); l++) {
          coverage += masks.holds(l, r) ? 1 : 0;
        }
        assertEquals(coverage, masks.coverage(r), law + ", neuron " + r);
        sum += coverage;
        uncovered += coverage == 0 ? 1 : 0;
      }
      assertEquals(sum, masks.coverageSum());
      assertEquals(uncovered, masks.uncovered());
      long held = 0;
      for (int l = 0; l < masks.subnets(); l++) {
        int[] neurons = new int[masks.held(l)];
        assertEquals(neurons.length, masks.heldNeurons(l, neurons));
        for (int i = 0; i < neurons.length; i++) {
          assertTrue(masks.holds(l, neurons[i]));
          assertTrue(i == 0 || neurons[i - 1] < neurons[i], "ascending");
        }
        held += neurons.length;
      }
      assertEquals(sum, held);
    }
  }

  @Test
  void aDrawIsAPureFunctionOfItsCoordinates() {
    for (MaskLaw law : LAWS) {
      MaskSet first = law.draw(11, 2, 132);
      assertEquals(first, law.draw(11, 2, 132));
      assertEquals(first.hashCode(), law.draw(11, 2, 132).hashCode());
      if (!(law instanceof MaskLaw.Full)) {
        assertNotEquals(first, law.draw(11, 3, 132), law + ": rounds differ");
        assertNotEquals(first, law.draw(12, 2, 132), law + ": seeds differ");
      }
    }
  }

  @Test
  void aWiderNetworkKeepsTheBernoulliBitsOfItsFirstNeurons() {
    MaskSet narrow = new MaskLaw.Bernoulli(2, 0.4).draw(3, 1, 100);
    MaskSet wide = new MaskLaw.Bernoulli(2, 0.4).draw(3, 1, 200);
    for (int r = 0; r < 100; r++) {
      assertEquals(narrow.holds(0, r), wide.holds(0, r));
      assertEquals(narrow.holds(1, r), wide.holds(1, r));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void categoricalAndEqualPartitionColumnsAreOneHot(int subnets) {
    int width = 21 * subnets;
    for (MaskLaw law :
        List.of(new MaskLaw.Categorical(subnets), new MaskLaw.EqualPartition(subnets))) {
      for (long round = 0; round < 5; round++) {
        MaskSet masks = law.draw(-9, round, width);
        assertEquals(0, masks.uncovered());
        for (int r = 0; r < width; r++) {
          assertEquals(1, masks.coverage(r), law + ", neuron " + r);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void equalPartitionBlocksAreEqual(int subnets) {
    MaskSet masks = new MaskLaw.EqualPartition(subnets).draw(5, 6, 21 * subnets);
    for (int l = 0; l < subnets; l++) {
      assertEquals(21, masks.held(l));
    }
  }

  @Test
  void fullMasksHoldEverything() {
    MaskSet masks = new MaskLaw.Full(2).draw(0, 0, 65);
    assertEquals(130, masks.coverageSum());
    assertEquals(0, masks.uncovered());
  }

  @Test
  void frequenciesAreThoseOfTheLaw() {
    int width = 500;
    int rounds = 200;
    double trials = (double) width * rounds;
    MaskLaw bernoulli = new MaskLaw.Bernoulli(3, 0.3);
    MaskLaw categorical = new MaskLaw.Categorical(3);
    MaskLaw partition = new MaskLaw.EqualPartition(5);
    double[] held = new double[3];
    double covered = 0;
    for (int k = 0; k < rounds; k++) {
      MaskSet masks = bernoulli.draw(1, k, width);
      held[0] += masks.held(1);
      covered += width - masks.uncovered();
      held[1] += categorical.draw(1, k, width).held(2);
      // Blocks are equal, so what varies is whether one given neuron is in the block.
      held[2] += partition.draw(1, k, width).holds(4, 123) ? 1 : 0;
    }
    assertFrequency(0.3, held[0], trials);
    assertFrequency(0.657, covered, trials);
    assertFrequency(1.0 / 3, held[1], trials);
    assertFrequency(0.2, held[2], rounds);
  }

  private static void assertFrequency(double probability, double count, double trials) {
    assertEquals(
        probability, count / trials, 4.0 * Math.sqrt(probability * (1 - probability) / trials));
  }

  @Test
  void keepAndCoverageProbabilities() {
    assertEquals(1.0, new MaskLaw.Full(3).keepProbability());
    assertEquals(0.25, new MaskLaw.Categorical(4).keepProbability());
    assertEquals(0.25, new MaskLaw.EqualPartition(4).keepProbability());
    assertEquals(1.0, new MaskLaw.Categorical(4).coverageProbability());
    // 1 - 0.6^p
    assertEquals(0.4, new MaskLaw.Bernoulli(1, 0.4).coverageProbability(), 1e-15);
    assertEquals(0.64, new MaskLaw.Bernoulli(2, 0.4).coverageProbability(), 1e-15);
    assertEquals(0.784, new MaskLaw.Bernoulli(3, 0.4).coverageProbability(), 1e-15);
  }

  @Test
  void explicitMasksHoldWhatTheyList() {
    MaskSet masks = MaskSet.of(70, new int[][] {{69, 0, 64}, {}});
    int[] neurons = new int[3];
    assertEquals(3, masks.heldNeurons(0, neurons));
    assertArrayEquals(new int[] {0, 64, 69}, neurons);
    assertEquals(0, masks.held(1));
    assertEquals(67, masks.uncovered());
  }

  @Test
  void outOfRangeArgumentsAreRefusedWithTheNumberThatWasGiven() {
    for (double xi : new double[] {0.0, -0.1, 1.0000001, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertRefused(
          "keep probability xi must be above 0 and at most 1, but is " + xi,
          () -> new MaskLaw.Bernoulli(1, xi));
    }
    String none = "a round needs at least 1 subnet, but has 0";
    assertRefused(none, () -> new MaskLaw.Full(0));
    assertRefused(none, () -> new MaskLaw.Bernoulli(0, 0.5));
    assertRefused(none, () -> new MaskLaw.Categorical(0));
    assertRefused(none, () -> new MaskLaw.EqualPartition(0));
    for (MaskLaw law : LAWS) {
      assertRefused("width must be at least 1, but is 0", () -> law.checkWidth(0));
    }
  }

  @Test
  void aWidthThatDoesNotDivideIsRefusedWithTheNearestThatDo() {
    String refusal =
        "an equal partition needs a width that its number of subnets divides, but width 10 is no"
            + " multiple of 4; the nearest are 8 and 12, or use categorical masks";
    assertRefused(refusal, () -> new MaskLaw.EqualPartition(4).checkWidth(10));
    assertRefused(refusal, () -> new MaskLaw.EqualPartition(4).draw(0, 0, 10));
  }

  private static void assertRefused(String message, Runnable action) {
    String told = assertThrows(TrainingException.class, action::run).getMessage();
    assertEquals(message, told);
  }
}
