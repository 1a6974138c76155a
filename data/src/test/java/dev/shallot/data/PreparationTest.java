package dev.shallot.data;

import static dev.shallot.data.TestFiles.read;
import static dev.shallot.data.TestFiles.refused;
import static dev.shallot.data.TestPlans.paper;
import static dev.shallot.data.TestPlans.practitioner;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long because each refusal of a table is a test of its own. */
class PreparationTest {
  private static final double NEAR = 1e-15;

  @TempDir Path folder;

  private static TestPlans plain(String target) {
    return paper(target).unitRows(false);
  }

  private static boolean noted(PreparedData data, String... parts) {
    return data.facts().notes().stream()
        .anyMatch(note -> Arrays.stream(parts).allMatch(note::contains));
  }

  // Choosing columns and rows.

  @Test
  void featuresAreAllButTargetsAndExcludedOnes() {
    Table table = read(folder, "a,b,c,d\n1,2,3,4\n5,6,7,8\n");
    PreparedData data = plain("d,b").exclude("1").prepare(table);
    assertEquals(List.of("c"), data.facts().featureNames());
    assertEquals(List.of("d", "b"), data.facts().targetNames());
    assertArrayEquals(new double[] {3, 7}, data.train().x());
    assertArrayEquals(new double[] {4, 2, 8, 6}, data.train().y());
    assertEquals(
        List.of("c", "a"), plain("d").features("c,a").prepare(table).facts().featureNames());
  }

  @Test
  void aTargetAmongFeaturesOrExcludedAndNoFeatureAreRefused() {
    Table table = read(folder, "a,b\n1,2\n3,4\n");
    refused(() -> plain("b").features("1-2").prepare(table), "'b'", "among the features");
    refused(() -> plain("b").exclude("b").prepare(table), "'b'", "excluded");
    refused(() -> plain("b").exclude("a").prepare(table), "no feature is left");
    refused(() -> plain("1,2").prepare(table), "no feature is left");
  }

  @Test
  void withoutATargetTheMessageTellsTheColumns() {
    Table named = read(folder, "a,b\n1,2\n3,4\n");
    refused(
        () -> PreparedData.prepare(named, DataPlan.paper(Optional.empty())), "--target", "a, b");
    Table bare = read(folder, "1,2\n3,4\n");
    refused(
        () -> PreparedData.prepare(bare, DataPlan.paper(Optional.empty())), "position", "1 to 2");
  }

  @Test
  void declaredTargetsNeedNoNameAndAreNoFeatures() {
    Table table = Synthetic.generate(SyntheticSet.SPHERE, SyntheticLabels.UNIFORM, 5, 3, 2, 1);
    PreparedData both = PreparedData.prepare(table, DataPlan.paper(Optional.empty()));
    assertEquals(List.of("y1", "y2"), both.facts().targetNames());
    assertEquals(3, paper("y2").prepare(table).facts().features());
  }

  @Test
  void rowsAreTheFirstOnesOrABlock() {
    Table table = read(folder, "a,b\n1,2\n3,4\n5,6\n7,8\n");
    assertArrayEquals(new double[] {1, 3}, plain("b").rows("2").prepare(table).train().x());
    assertArrayEquals(new double[] {3, 5}, plain("b").rows("2:3").prepare(table).train().x());
    refused(() -> plain("b").rows("5").prepare(table), "'5'", "only 4");
    refused(() -> plain("b").rows("2:9").prepare(table), "'2:9'", "only 4");
    refused(() -> plain("b").rows("0").prepare(table), "counted from 1");
    refused(() -> plain("b").rows("3:2").prepare(table), "3:2");
    refused(() -> plain("b").rows("many").prepare(table), "'many'");
  }

  // Text.

  @Test
  void aTextColumnIsOneHotEncodedInTheOrderOfItsLevelsAndTold() {
    PreparedData data = plain("y").prepare(read(folder, "s,x,y\nM,1,1\nF,2,2\nI,3,3\nM,4,4\n"));
    assertEquals(List.of("s=F", "s=I", "s=M", "x"), data.facts().featureNames());
    assertArrayEquals(
        new double[] {0, 0, 1, 1, 1, 0, 0, 2, 0, 1, 0, 3, 0, 0, 1, 4}, data.train().x());
    assertTrue(noted(data, "'s'", "one-hot", "F, I, M"));
  }

  @Test
  void aTextColumnOfManyLevelsIsRefusedByName() {
    StringBuilder text = new StringBuilder("town,y\n");
    for (int i = 0; i < 33; i++) {
      text.append("town").append(i).append(',').append(i).append('\n');
    }
    refused(
        () -> plain("y").prepare(read(folder, text.toString())),
        "'town'",
        "33 different",
        "32",
        "--exclude");
  }

  @Test
  void aWrongCellAmongNumbersIsRefusedWithItsRowAndAdvice() {
    Table table = read(folder, "a,b\n1,2\n3,4\nabc,6\n7,8\n");
    refused(
        () -> plain("b").prepare(table),
        "'a'",
        "row 3",
        "'abc'",
        "3 of the column's 4",
        "--na \"abc\"");
    refused(() -> plain("a").prepare(table), "'a'", "row 3", "'abc'");
    assertEquals(2, plain("b").rows("2").prepare(table).train().samples());
  }

  @Test
  void infiniteAndNanCellsAreNoFiniteNumbers() {
    refused(
        () -> plain("b").prepare(read(folder, "a,b\n1,2\ninf,4\n5,6\n")),
        "'a'",
        "row 2",
        "'inf'",
        "not a finite number");
    TableFormat noMarks = new TableFormat(Optional.empty(), Optional.empty(), List.of("?"));
    Path file = TestFiles.write(folder, "n.csv", "a,b\n1,2\nNaN,4\n5,6\n");
    refused(() -> plain("b").prepare(Table.read(file, noMarks)), "row 2", "'NaN'", "not a finite");
  }

  @Test
  void decimalCommasAreRefusedForWhatTheyAre() {
    refused(
        () -> plain("2").prepare(read(folder, "1,5;2\n1,7;3\n2,5;5\n")), "row 1", "decimal point");
  }

  @Test
  void aTargetOfClassesIsRefused() {
    refused(
        () -> plain("y").prepare(read(folder, "x,y\n1,yes\n2,no\n3,yes\n")),
        "'y'",
        "text",
        "'yes'");
  }

  @Test
  void aConstantTargetIsRefused() {
    refused(
        () -> plain("y").prepare(read(folder, "x,y\n1,3\n2,3\n")),
        "'y'",
        "is 3",
        "2 training rows");
  }

  // Missing cells.

  private Table gaps() {
    return read(folder, "a,b,s,y\n1,2,p,1\n3,?,q,2\n5,7,,3\n8,9,q,4\n");
  }

  @Test
  void missingCellsAreRefusedWithColumnsCountsAndChoices() {
    refused(
        () -> plain("y").prepare(gaps()),
        "2 of 3 feature columns",
        "'b' (1)",
        "'s' (1)",
        "drop-columns|drop-rows|mean|median|zero");
    assertEquals(1, plain("y").features("a").prepare(gaps()).facts().features());
  }

  @Test
  void incompleteColumnsAreDroppedByTheWholeFileBeforeRowsAreChosen() {
    PreparedData data =
        plain("y")
            .missing(MissingPolicy.DROP_COLUMNS)
            .rows("2")
            .prepare(read(folder, "a,b,y\n1,2,1\n3,4,2\n5,?,3\n"));
    assertEquals(List.of("a"), data.facts().featureNames());
    assertTrue(noted(data, "left out 1 of 2", "'b' (1)"));
    refused(
        () -> plain("y").missing(MissingPolicy.DROP_COLUMNS).features("b,s").prepare(gaps()),
        "no feature is left");
  }

  @Test
  void incompleteRowsAreDroppedAndTold() {
    PreparedData data = plain("y").missing(MissingPolicy.DROP_ROWS).prepare(gaps());
    assertEquals(2, data.train().samples());
    assertArrayEquals(new double[] {1, 4}, data.train().y());
    assertTrue(noted(data, "left out 2 of 4 rows"));
    refused(
        () -> plain("y").missing(MissingPolicy.DROP_ROWS).rows("2:3").prepare(gaps()),
        "no row is left");
  }

  @Test
  void missingCellsAreFilledWithMeanMedianOrZero() {
    PreparedData mean = plain("y").missing(MissingPolicy.MEAN).prepare(gaps());
    assertEquals(List.of("a", "b", "s=p", "s=q"), mean.facts().featureNames());
    assertArrayEquals(
        new double[] {1, 2, 1, 0, 3, 6, 0, 1, 5, 7, 1.0 / 3, 2.0 / 3, 8, 9, 0, 1},
        mean.train().x(),
        NEAR);
    assertTrue(noted(mean, "filled 2 missing cells in 2 feature columns", "mean", "b, s"));
    double[] median = plain("y").missing(MissingPolicy.MEDIAN).prepare(gaps()).train().x();
    assertEquals(7, median[5]);
    double[] zero = plain("y").missing(MissingPolicy.ZERO).prepare(gaps()).train().x();
    assertEquals(0, zero[5]);
    assertEquals(0, zero[10]);
  }

  @Test
  void aColumnWithoutAnyCellHasNoMean() {
    Table table = read(folder, "a,b,y\n1,?,1\n2,,2\n");
    refused(() -> plain("y").missing(MissingPolicy.MEAN).prepare(table), "'b'", "no cell", "mean");
    assertEquals(0, plain("y").missing(MissingPolicy.ZERO).prepare(table).train().x()[1]);
  }

  @Test
  void missingTargetCellsAreOnlyEverLeftOutWithTheirRows() {
    Table table = read(folder, "a,y\n1,1\n2,?\n3,3\n");
    for (MissingPolicy policy : MissingPolicy.values()) {
      if (policy != MissingPolicy.DROP_ROWS) {
        refused(() -> plain("y").missing(policy).prepare(table), "target", "'y' (1)", "drop-rows");
      }
    }
    PreparedData data = plain("y").missing(MissingPolicy.DROP_ROWS).prepare(table);
    assertArrayEquals(new double[] {1, 3}, data.train().y());
  }

  // Scaling, by hand: a = 1, 2, 6 has mean 3 and deviation sqrt(14/3).

  @Test
  void scalesAreTheUsualOnes() {
    Table table = read(folder, "a,y\n1,10\n2,20\n6,60\n");
    double deviation = Math.sqrt(14.0 / 3.0);
    assertArrayEquals(
        new double[] {-2 / deviation, -1 / deviation, 3 / deviation},
        plain("y").scale(FeatureScale.ZSCORE).prepare(table).train().x(),
        NEAR);
    assertArrayEquals(
        new double[] {0, 0.2, 1},
        plain("y").scale(FeatureScale.MINMAX).prepare(table).train().x(),
        NEAR);
    assertArrayEquals(
        new double[] {10 / 60.0, 20 / 60.0, 1},
        plain("y").labelScale(LabelScale.MAX_ABS).prepare(table).train().y(),
        NEAR);
    assertArrayEquals(
        new double[] {-2 / deviation, -1 / deviation, 3 / deviation},
        plain("y").labelScale(LabelScale.ZSCORE).prepare(table).train().y(),
        NEAR);
  }

  @Test
  void theLargestMagnitudeIsThatOfAllTargetsTogether() {
    Table table = read(folder, "a,y,z\n1,-4,1\n2,2,2\n");
    assertArrayEquals(
        new double[] {-1, 0.25, 0.5, 0.5},
        plain("y,z").labelScale(LabelScale.MAX_ABS).prepare(table).train().y());
  }

  @Test
  void constantColumnsGetTheFactorOneEvenWhereRoundingWouldHideIt() {
    Table table = read(folder, "a,b,y\n0.1,1,1\n0.1,2,2\n0.1,4,3\n");
    PreparedData data = plain("y").scale(FeatureScale.ZSCORE).prepare(table);
    assertEquals(1.0, data.preprocessing().scaling().factors()[0]);
    assertEquals(0.0, data.train().x()[0]);
    assertTrue(noted(data, "constant", "scale factor 1", "a"));
  }

  @Test
  void numbersTooLargeToScaleAreRefused() {
    Table table = read(folder, "a,y\n1e308,1\n-1e308,2\n5e307,3\n");
    refused(() -> plain("y").scale(FeatureScale.MINMAX).prepare(table), "'a'", "too large");
    refused(() -> plain("y").scale(FeatureScale.ZSCORE).prepare(table), "'a'", "too large");
  }

  @Test
  void theConstantFeatureComesBeforeUnitRowsSoThatTheNormSurvivesInIt() {
    Table table = read(folder, "a,b,y\n3,4,1\n0,0,2\n");
    PreparedData data = paper("y").bias(true).prepare(table);
    double root = Math.sqrt(26);
    assertArrayEquals(new double[] {3 / root, 4 / root, 1 / root, 0, 0, 1}, data.train().x(), NEAR);
    assertEquals(List.of("a", "b", "bias"), data.facts().featureNames());
    assertEquals(1, data.facts().rowNormMin(), NEAR);
    assertEquals(1, data.facts().rowNormMax(), NEAR);
  }

  @Test
  void aZeroRowCannotBecomeAUnitRow() {
    Table table = read(folder, "a,b,y\n3,4,1\n1,1,5\n0,0,2\n");
    refused(() -> paper("y").prepare(table), "row 3", "all zeros", "--bias on");
    refused(() -> paper("y").rows("2:3").prepare(table), "row 3");
  }

  @Test
  void unitRowsSurviveHugeAndTinyNumbers() {
    Table table = read(folder, "a,b,y\n3e200,4e200,1\n3e-200,4e-200,2\n3e-320,4e-320,2\n");
    double[] x = paper("y").prepare(table).train().x();
    assertArrayEquals(new double[] {0.6, 0.8, 0.6, 0.8}, Arrays.copyOf(x, 4), NEAR);
    assertEquals(0.6, x[4], 1e-3);
  }

  // The split.

  @Test
  void heldOutRowsAreTheFirstOfTheSeedsPermutationInFileOrder() {
    StringBuilder text = new StringBuilder("a,y\n");
    for (int i = 0; i < 11; i++) {
      text.append(i).append(',').append(i).append('\n');
    }
    PreparedData data = plain("y").split(0.25, 7).prepare(read(folder, text.toString()));
    int[] order = new CounterRandom(7, RandomStream.SPLIT).permutation(11);
    double[] heldOut = Arrays.stream(order).limit(3).sorted().asDoubleStream().toArray();
    double[] train = Arrays.stream(order).skip(3).sorted().asDoubleStream().toArray();
    assertArrayEquals(heldOut, data.heldOut().orElseThrow().y());
    assertArrayEquals(train, data.train().y());
    assertEquals(8, data.facts().samples());
    assertEquals(3, data.facts().heldOut());
    assertTrue(plain("y").prepare(read(folder, text.toString())).heldOut().isEmpty());
  }

  @Test
  void anEmptyPartIsRefused() {
    Table table = read(folder, "a,y\n1,1\n2,2\n3,3\n");
    refused(() -> plain("y").split(0.1, 0).prepare(table), "0.1", "3 rows", "test on");
    refused(() -> plain("y").split(0.9, 0).prepare(table), "train on");
    refused(() -> plain("y").split(1.0, 0), "held-out share", "1.0");
    refused(() -> plain("y").split(Double.NaN, 0), "held-out share");
  }

  @Test
  void everyParameterComesFromTheTrainingRows() {
    Table table = read(folder, "a,y\n1,1\n?,2\n4,3\n9,7\n100,50\n-70,4\n");
    PreparedData data = practitioner("y").missing(MissingPolicy.MEAN).split(0.34, 3).prepare(table);
    int[] train = Splitter.split(6, 0.34, 3).train();
    Table alone = table.selectRows(train);
    PreparedData same = practitioner("y").missing(MissingPolicy.MEAN).prepare(alone);
    assertArrayEquals(same.train().x(), data.train().x());
    assertArrayEquals(same.train().y(), data.train().y());
    assertEquals(same.preprocessing(), data.preprocessing());
  }

  // Facts.

  @Test
  void factsTellWhatIsTrainedOn() {
    Table table = read(folder, "a,b,y\n1,0,3\n0,1,4\n0.6,0.8,0\n");
    DataFacts facts = paper("y").prepare(table).facts();
    assertEquals(3, facts.fileRows());
    assertEquals(3, facts.fileColumns());
    assertEquals(25, facts.targetNorm());
    assertEquals(0.8, facts.nearestParallel().orElseThrow(), NEAR);
    assertEquals(table.sha256(), facts.sha256());
    assertTrue(facts.source().endsWith("table.csv"));
    assertTrue(facts.notes().getFirst().contains("comma-separated"));
  }

  @Test
  void theNearestParallelSeesOppositeAndEqualRowsAndNeedsTwoRows() {
    assertEquals(1.0, NearestParallel.of(new double[] {1, 2, -2, -4}, 2, 2).orElseThrow(), NEAR);
    assertEquals(OptionalDouble.empty(), NearestParallel.of(new double[] {1, 2, 0, 0}, 2, 2));
    assertEquals(2000, NearestParallel.rowsLookedAt(5000, 100));
    assertTrue(NearestParallel.rowsLookedAt(5000, 2048) < 1000);
  }

  @Test
  void theNearestParallelOfManyRowsIsThatOfAllPairs() {
    CounterRandom random = new CounterRandom(3, RandomStream.PROBES);
    int rows = 23;
    double[] x = new double[rows * 5];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.gaussian(i);
    }
    double expected = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < i; j++) {
        double dot = 0;
        for (int k = 0; k < 5; k++) {
          dot += x[i * 5 + k] * x[j * 5 + k];
        }
        double norms = FeatureAssembly.norm(x, i * 5, 5) * FeatureAssembly.norm(x, j * 5, 5);
        expected = Math.max(expected, Math.abs(dot) / norms);
      }
    }
    assertEquals(expected, NearestParallel.of(x, rows, 5).orElseThrow(), 1e-14);
  }
}
