package dev.shallot.data;

import static dev.shallot.data.TestFiles.numbers;
import static dev.shallot.data.TestFiles.refused;
import static dev.shallot.data.TestFiles.shared;
import static dev.shallot.data.TestPlans.paper;
import static dev.shallot.data.TestPlans.practitioner;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The public sets, as their own descriptions count them. Skipped where they are not at hand. */
class RealDataTest {
  private static Table table(String name) {
    return Table.read(shared(name), TableFormat.detect());
  }

  private static void assertShape(Table table, int rows, int columns, boolean named) {
    assertEquals(rows, table.rows());
    assertEquals(columns, table.columns());
    assertEquals(named, table.named());
  }

  private static int missing(Table table) {
    int missing = 0;
    for (int j = 0; j < table.columns(); j++) {
      missing += table.column(j).missing();
    }
    return missing;
  }

  /** 99 features and ||y||^2 = 11.05 are theory.md's figures, from NumPy; max |cos| too. */
  @Test
  void communitiesAsThePaperHasThem() {
    Table table = table("communities/communities.data");
    assertShape(table, 1994, 128, false);
    assertEquals(39_202, missing(table));
    assertEquals(
        "09e0b5c07eae24c1efab19b2edee05e160e7f5743b6f31e31eec3d73624da2ea", table.sha256());
    PreparedData data =
        paper("128").exclude("1-5").rows("100").missing(MissingPolicy.DROP_COLUMNS).prepare(table);
    assertEquals(100, data.facts().samples());
    assertEquals(99, data.facts().features());
    assertEquals(11.05, data.facts().targetNorm(), 0.005);
    assertEquals(0.98552, data.facts().nearestParallel().orElseThrow(), 5e-6);
    assertEquals(1.0, data.facts().rowNormMin(), 1e-15);
    assertTrue(data.facts().notes().stream().anyMatch(note -> note.contains("left out 23 of 122")));
  }

  @Test
  void communitiesAsAPractitionerHasThem() {
    Table table = table("communities/communities.data");
    refused(
        () -> practitioner("128").exclude("1-5").prepare(table),
        "23 of 122 feature columns",
        "'c31' (1)",
        "'c102' (1675)",
        "drop-rows");
    refused(
        () -> practitioner("128").missing(MissingPolicy.MEAN).prepare(table),
        "'c4'",
        "1828 different values",
        "--exclude");
    PreparedData data =
        practitioner("128").exclude("1-5").missing(MissingPolicy.MEAN).split(0.2, 1).prepare(table);
    assertEquals(1595, data.facts().samples());
    assertEquals(399, data.facts().heldOut());
    assertEquals(123, data.facts().features());
    assertEquals(1595, data.facts().targetNorm(), 1e-9);
    assertEquals(
        319,
        paper("128")
            .exclude("1-5")
            .missing(MissingPolicy.DROP_ROWS)
            .prepare(table)
            .train()
            .samples());
  }

  @Test
  void communitiesZeroFilledHaveTheOtherReferencesFeatures() {
    PreparedData data =
        paper("128")
            .exclude("1-5")
            .rows("100")
            .missing(MissingPolicy.ZERO)
            .prepare(table("communities/communities.data"));
    assertEquals(122, data.facts().features());
  }

  @Test
  void concreteWithItsMarkItsBlanksAndItsQuotedHeader() {
    Table table = table("concrete/Concrete_Data.csv");
    assertShape(table, 1030, 9, true);
    assertEquals("Cement (component 1)(kg in a m^3 mixture)", table.names().getFirst());
    assertEquals("Concrete compressive strength(MPa, megapascals)", table.names().getLast());
    Table full = table("concrete/Concrete_Data_full_precision.csv");
    assertShape(full, 1030, 9, true);
    for (int j = 0; j < 9; j++) {
      assertArrayEquals(numbers(full, j), numbers(table, j), 0.051);
    }
    for (String target :
        List.of(
            "9",
            "Concrete compressive strength(MPa, megapascals)",
            "\"" + table.names().get(8) + "\"")) {
      assertEquals(9, practitioner(target).split(0.1, 0).prepare(table).facts().features());
    }
    assertEquals(
        List.of("Water  (component 4)(kg in a m^3 mixture)"),
        practitioner("9")
            .features("Water (component 4)(kg in a m^3 mixture)")
            .bias(false)
            .unitRows(false)
            .prepare(table)
            .facts()
            .featureNames());
  }

  @Test
  void ccppWithItsMark() {
    Table table = table("ccpp/Folds5x2_pp.csv");
    assertShape(table, 9568, 5, true);
    assertEquals(List.of("AT", "V", "AP", "RH", "PE"), table.names());
    DataFacts facts = practitioner("PE").split(0.2, 0).prepare(table).facts();
    assertEquals(7654, facts.samples());
    assertEquals(1914, facts.heldOut());
    assertTrue(facts.notes().stream().anyMatch(note -> note.contains("first 2000 of 7654")));
  }

  @Test
  void wineWithSemicolonsAndQuotedNames() {
    Table red = table("wine/winequality-red.csv");
    assertShape(red, 1599, 12, true);
    assertShape(table("wine/winequality-white.csv"), 4898, 12, true);
    assertEquals("free sulfur dioxide", red.names().get(5));
    assertEquals(12, practitioner("quality").prepare(red).facts().features());
  }

  @Test
  void yachtWithOneOrTwoBlanks() {
    Table table = table("yacht/yacht_hydrodynamics.data");
    assertShape(table, 308, 7, false);
    assertEquals(0, missing(table));
    assertEquals(-2.3, numbers(table, 0)[0]);
    assertEquals(7, practitioner("7").prepare(table).facts().features());
  }

  @Test
  void airfoilWithTabs() {
    Table table = table("airfoil/airfoil_self_noise.dat");
    assertShape(table, 1503, 6, false);
    assertArrayEquals(
        new double[] {800, 0, 0.3048, 71.3, 0.00266337, 126.201},
        java.util.stream.IntStream.range(0, 6).mapToDouble(j -> numbers(table, j)[0]).toArray());
  }

  @Test
  void abaloneWithItsTextColumn() {
    PreparedData data = practitioner("9").prepare(table("abalone/abalone.data"));
    assertShape(table("abalone/abalone.data"), 4177, 9, false);
    assertEquals(
        List.of("c1=F", "c1=I", "c1=M", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "bias"),
        data.facts().featureNames());
    double[] encoded =
        paper("9").unitRows(false).features("1").prepare(table("abalone/abalone.data")).train().x();
    double[] counts = new double[3];
    for (int i = 0; i < encoded.length; i++) {
      counts[i % 3] += encoded[i];
    }
    assertArrayEquals(new double[] {1307, 1342, 1528}, counts);
  }

  @Test
  void energyWithTwoTargets() {
    Table table = table("energy/ENB2012_data.csv");
    assertShape(table, 768, 10, true);
    PreparedData data = practitioner("Y1,Y2").split(0.2, 5).prepare(table);
    assertEquals(2, data.train().outputs());
    assertEquals(9, data.facts().features());
    assertEquals(2 * 614, data.facts().targetNorm(), 1e-9);
    assertArrayEquals(
        new double[] {15.55, 21.33}, Arrays.copyOf(data.preprocessing().rawLabels(table), 2));
  }

  @Test
  void optdigitsWithItsConstantColumns() {
    Table train = table("optdigits/optdigits.tra");
    assertShape(train, 3823, 65, false);
    PreparedData data = practitioner("65").prepare(train);
    assertTrue(
        data.facts().notes().stream()
            .anyMatch(
                note -> note.contains("2 features are constant") && note.contains("c1, c40")));
    Table test = table("optdigits/optdigits.tes");
    assertShape(test, 1797, 65, false);
    assertEquals(1797 * 65, data.preprocessing().features(test).length);
  }

  @Test
  void banknoteWithoutALastLineEnd() {
    Table table = table("banknote/data_banknote_authentication.txt");
    assertShape(table, 1372, 5, false);
    assertEquals(610, Arrays.stream(numbers(table, 4)).sum());
    assertFalse(practitioner("5").split(0.2, 0).prepare(table).heldOut().isEmpty());
  }
}
