package dev.shallot.data;

import static dev.shallot.data.TestFiles.read;
import static dev.shallot.data.TestFiles.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets of classes, sample weights, and rows for early stopping. */
class ClassesTest {
  @TempDir Path folder;

  private static DataPlan plan(Optional<String> weights, double split, double validation) {
    DataPlan paper = DataPlan.paper(Optional.of("y"));
    return new DataPlan(
        paper.target(),
        paper.features(),
        paper.exclude(),
        paper.rows(),
        paper.format(),
        paper.missing(),
        paper.scale(),
        false,
        paper.labelScale(),
        false,
        split,
        7L,
        true,
        weights,
        validation);
  }

  private static DataPlan plan() {
    return plan(Optional.empty(), 0.0, 0.0);
  }

  @Test
  void textsAreClassesInTheirOrder() {
    Table table = read(folder, "x,y\n1,red\n2,blue\n3,red\n");
    PreparedData data = PreparedData.prepare(table, plan());
    assertEquals(List.of("blue", "red"), data.preprocessing().classes());
    assertArrayEquals(new double[] {0, 1, 1, 0, 0, 1}, data.train().y());
    assertEquals(List.of("y"), data.facts().targetNames());
    assertEquals(2, data.facts().outputs());
    assertEquals(3 * Math.log(2), data.facts().targetNorm(), 1e-15);
    assertTrue(data.facts().notes().stream().anyMatch(n -> n.contains("red (2)")));
    assertArrayEquals(data.train().y(), data.preprocessing().labels(table));
  }

  @Test
  void wholeNumbersAreClassesBySize() {
    PreparedData data =
        PreparedData.prepare(read(folder, "x,y\n1,10\n2,-1\n3,9.0\n4,10\n"), plan());
    assertEquals(List.of("-1", "9", "10"), data.preprocessing().classes());
    assertArrayEquals(new double[] {0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1}, data.train().y());
  }

  @Test
  void sharesOfClassesAreTheSoftmaxOfOutputs() {
    Preprocessing known =
        PreparedData.prepare(read(folder, "x,y\n1,a\n2,b\n"), plan()).preprocessing();
    double[] shares = known.predictions(new double[] {0, Math.log(3), 800, -800});
    assertArrayEquals(new double[] {0.25, 0.75, 1, 0}, shares, 1e-15);
  }

  @Test
  void whatAreNoClassesIsRefused() {
    refused(() -> PreparedData.prepare(read(folder, "x,y\n1,1\n2,2.5\n"), plan()), "row 2", "2.5");
    refused(() -> PreparedData.prepare(read(folder, "x,y\n1,a\n2,a\n"), plan()), "one class, a");
    refused(() -> PreparedData.prepare(read(folder, "x,y\n1,a\n2,?\n3,b\n"), plan()), "missing");
    StringBuilder many = new StringBuilder("x,y\n");
    for (int i = 0; i <= Classes.MOST; i++) {
      many.append(i).append(",c").append(i).append('\n');
    }
    refused(() -> PreparedData.prepare(read(folder, many.toString()), plan()), "1001 different");
    DataPlan two = TestPlans.paper("x,y").plan();
    DataPlan classes =
        new DataPlan(
            two.target(),
            two.features(),
            two.exclude(),
            two.rows(),
            two.format(),
            two.missing(),
            two.scale(),
            two.unitRows(),
            two.labelScale(),
            two.bias(),
            0.0,
            0L,
            true,
            Optional.empty(),
            0.0);
    refused(
        () -> PreparedData.prepare(read(folder, "x,y,z\n1,a,1\n2,b,2\n"), classes),
        "one target of classes");
    Preprocessing known =
        PreparedData.prepare(read(folder, "x,y\n1,a\n2,b\n"), plan()).preprocessing();
    refused(() -> known.labels(read(folder, "x,y\n1,a\n2,c\n")), "row 2", "'c'", "a, b");
  }

  @Test
  void aTextTargetWithoutClassesSaysWhatToDo() {
    refused(
        () ->
            PreparedData.prepare(read(folder, "x,y\n1,a\n2,b\n"), DataPlan.paper(Optional.of("y"))),
        "'y' is text",
        "--loss cross-entropy");
  }

  @Test
  void weightsAreNoFeatureAndOneInTheMean() {
    Table table = read(folder, "x,w,y\n1,2,a\n2,0,b\n3,4,a\n");
    PreparedData data = PreparedData.prepare(table, plan(Optional.of("w"), 0, 0));
    assertEquals(List.of("x"), data.facts().featureNames());
    assertArrayEquals(new double[] {1, 0, 2}, data.train().weights(), 1e-15);
    assertEquals(3, data.train().totalWeight(), 1e-15);
    assertEquals(0, PreparedData.prepare(table, plan()).train().weights().length);
  }

  @Test
  void weightsAreFoundInOtherTablesByTheNameThatTheyHad() {
    Table table = read(folder, "x,w,y\n1,2,a\n2,0,b\n3,4,a\n");
    for (String chosen : List.of("w", "2")) {
      Preprocessing known =
          PreparedData.prepare(table, plan(Optional.of(chosen), 0, 0)).preprocessing();
      assertArrayEquals(new double[] {2, 0, 4}, known.sampleWeights(table).orElseThrow());
      Table moved = read(folder, "w,x,y\n5,7,b\n6,8,b\n");
      assertArrayEquals(new double[] {5, 6}, known.sampleWeights(moved).orElseThrow());
      Table without = read(folder, "x,v,y\n7,5,b\n8,6,b\n");
      assertTrue(known.sampleWeights(without).isEmpty(), "column 2 is another one");
      Table alike = read(folder, "7,5,b\n8,6,b\n");
      assertArrayEquals(new double[] {5, 6}, known.sampleWeights(alike).orElseThrow());
    }
    assertTrue(PreparedData.prepare(table, plan()).preprocessing().sampleWeights(table).isEmpty());
  }

  @Test
  void weightsThatAreNoneAreRefusedByRow() {
    DataPlan plan = plan(Optional.of("w"), 0, 0);
    refused(
        () -> PreparedData.prepare(read(folder, "x,w,y\n1,1,a\n2,-3,b\n"), plan), "row 2", "-3");
    refused(
        () -> PreparedData.prepare(read(folder, "x,w,y\n1,,a\n2,3,b\n"), plan), "row 1", "missing");
    refused(() -> PreparedData.prepare(read(folder, "x,w,y\n1,0,a\n2,0,b\n"), plan), "nothing");
    refused(() -> PreparedData.prepare(read(folder, "x,v,y\n1,0,a\n2,0,b\n"), plan), "'w'");
    DataPlan target = plan(Optional.of("y"), 0, 0);
    refused(
        () -> PreparedData.prepare(read(folder, "x,y\n1,a\n2,b\n"), target),
        "target and the weights");
  }

  @Test
  void rowsForEarlyStoppingAreKeptApartFromBoth() {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < 40; i++) {
      text.append(i).append(i % 2 == 0 ? ",a\n" : ",b\n");
    }
    Table table = read(folder, text.toString());
    PreparedData data = PreparedData.prepare(table, plan(Optional.empty(), 0.25, 0.2));
    PreparedData without = PreparedData.prepare(table, plan(Optional.empty(), 0.25, 0.0));
    assertEquals(24, data.train().samples());
    assertEquals(10, data.heldOut().orElseThrow().samples());
    assertEquals(6, data.validation().orElseThrow().samples());
    // Scores stay comparable: the held-out rows are the same with and without.
    assertArrayEquals(without.heldOut().orElseThrow().x(), data.heldOut().orElseThrow().x());
    assertTrue(without.validation().isEmpty());
    double[] all =
        IntStream.of(0, 1, 2)
            .mapToObj(
                i ->
                    i == 0
                        ? data.train()
                        : i == 1 ? data.heldOut().orElseThrow() : data.validation().orElseThrow())
            .flatMapToDouble(part -> Arrays.stream(part.x()))
            .sorted()
            .toArray();
    assertArrayEquals(IntStream.range(0, 40).asDoubleStream().toArray(), all);
    refused(() -> PreparedData.prepare(table, plan(Optional.empty(), 0.25, 0.001)), "--validation");
  }
}
