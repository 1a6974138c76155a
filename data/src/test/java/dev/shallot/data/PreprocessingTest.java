package dev.shallot.data;

import static dev.shallot.data.TestFiles.read;
import static dev.shallot.data.TestFiles.refused;
import static dev.shallot.data.TestPlans.paper;
import static dev.shallot.data.TestPlans.practitioner;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

class PreprocessingTest {
  @TempDir Path folder;

  private Table mixed() {
    return read(folder, "s,a,b,y,z\nM,1,2,10,0\nF,3,?,20,5\nI,5,7,40,2\nF,8,9,30,1\n");
  }

  private PreparedData trained() {
    return practitioner("y,z").missing(MissingPolicy.MEDIAN).prepare(mixed());
  }

  @Test
  void theTrainingTableGivesTheTrainingArraysBitForBit() {
    PreparedData data = trained();
    assertArrayEquals(data.train().x(), data.preprocessing().features(mixed()));
    assertArrayEquals(data.train().y(), data.preprocessing().labels(mixed()));
    assertEquals(data.train().features(), data.preprocessing().featureCount());
    assertEquals(data.train().features(), data.preprocessing().featureNames().size());
    assertEquals(2, data.preprocessing().outputCount());
  }

  @Test
  void labelsComeBackInTheFilesUnits() {
    Preprocessing preprocessing = trained().preprocessing();
    double[] raw = {10, 0, 20, 5, 40, 2, 30, 1};
    assertArrayEquals(raw, preprocessing.rawLabels(mixed()));
    assertArrayEquals(raw, preprocessing.unscaleLabels(preprocessing.labels(mixed())), 1e-13);
  }

  @Test
  void columnsAreFoundByNameInAnyOrderAndWithoutTargets() {
    Preprocessing preprocessing = trained().preprocessing();
    Table other = read(folder, "b,extra,a,s\n2,0,1,M\n,0,3,F\n");
    double[] expected = preprocessing.features(mixed());
    double[] actual = preprocessing.features(other);
    for (int i = 0; i < actual.length; i++) {
      assertEquals(expected[i], actual[i]);
    }
    assertFalse(preprocessing.hasTargets(other));
    assertTrue(preprocessing.hasTargets(mixed()));
    refused(() -> preprocessing.rawLabels(other), "no column 'y'", "target");
  }

  @Test
  void anAbsentColumnIsRefusedWithCloseNames() {
    refused(
        () -> trained().preprocessing().features(read(folder, "s,bb,A\nM,1,2\nF,2,3\n")),
        "no column 'a'",
        "feature of the model",
        "'A'");
  }

  @Test
  void unknownLevelsTextAndInfinityAreRefusedWithTheirRow() {
    Preprocessing preprocessing = trained().preprocessing();
    refused(
        () -> preprocessing.features(read(folder, "s,a,b\nM,1,2\nX,3,4\n")),
        "'s'",
        "row 2",
        "'X'",
        "F, I, M");
    refused(
        () -> preprocessing.features(read(folder, "s,a,b\nM,one,2\nF,3,4\n")),
        "'a'",
        "row 1",
        "'one'",
        "is not a number");
    refused(
        () -> preprocessing.features(read(folder, "s,a,b\nM,inf,2\nF,3,4\n")),
        "'a'",
        "row 1",
        "'inf'",
        "not a finite number");
  }

  @Test
  void aFileWithOnlyMissingCellsInATextColumnIsFilled() {
    Preprocessing preprocessing = trained().preprocessing();
    assertEquals(
        preprocessing.featureCount(),
        preprocessing.features(read(folder, "s,a,b\n?,1,2\n")).length);
  }

  @Test
  void levelsThatLookLikeNumbersAreFoundInAColumnOfNumbers() {
    PreparedData data =
        paper("y").unitRows(false).prepare(read(folder, "s,y\n1,1\nx,2\n2,3\nz,5\n"));
    assertArrayEquals(
        new double[] {0, 1, 0, 0, 1, 0, 0, 0},
        data.preprocessing().features(read(folder, "s,y\n2,1\n1,2\n")));
  }

  @Test
  void aMissingCellWithoutAFillValueIsRefusedAndTheCompleteRowsAreKnown() {
    Table train = read(folder, "a,b,y\n1,2,1\n3,4,2\n");
    Preprocessing preprocessing = paper("y").prepare(train).preprocessing();
    Table other = read(folder, "a,b,y\n1,2,1\n3,?,2\n5,6,?\n7,8,9\n");
    refused(() -> preprocessing.features(other), "'b'", "row 2", "missing");
    refused(() -> preprocessing.rawLabels(other), "'y'", "row 3", "missing");
    assertArrayEquals(new int[] {0, 2, 3}, preprocessing.completeRows(other, false));
    assertArrayEquals(new int[] {0, 3}, preprocessing.completeRows(other, true));
    Table usable = other.selectRows(preprocessing.completeRows(other, true));
    assertEquals(4, preprocessing.features(usable).length);
    assertEquals(4, usable.rowNumber(1));
    Preprocessing filling = paper("y").missing(MissingPolicy.ZERO).prepare(train).preprocessing();
    assertArrayEquals(new int[] {0, 1, 2, 3}, filling.completeRows(other, false));
  }

  @Test
  void headerlessTablesAreFoundByPositionWithAndWithoutALastTarget() {
    Preprocessing preprocessing =
        paper("3").unitRows(false).prepare(read(folder, "1,2,3\n4,5,7\n")).preprocessing();
    assertArrayEquals(new double[] {7, 8}, preprocessing.features(read(folder, "7,8,9\n")));
    assertArrayEquals(new double[] {7, 8}, preprocessing.features(read(folder, "7,8\n")));
    refused(() -> preprocessing.features(read(folder, "7,8,9,10\n")), "4 columns", "of 3");
    assertFalse(preprocessing.hasTargets(read(folder, "7,8\n")));
    Preprocessing first =
        paper("1").unitRows(false).prepare(read(folder, "1,2,3\n4,5,7\n")).preprocessing();
    refused(() -> first.features(read(folder, "7,8\n")), "2 columns", "by position");
  }

  @Test
  void jacksonWritesAndReadsItWithoutHelp() {
    ObjectMapper mapper = JsonMapper.builder().build();
    for (PreparedData data :
        new PreparedData[] {
          trained(),
          paper("y").features("a").prepare(mixed()),
          PreparedData.prepare(
              Synthetic.generate(SyntheticSet.TABULAR, SyntheticLabels.NATURAL, 9, 4, 1, 3),
              DataPlan.practitioner(Optional.empty()))
        }) {
      String json = mapper.writeValueAsString(data.preprocessing());
      assertEquals(data.preprocessing(), mapper.readValue(json, Preprocessing.class), json);
      String before = json.replace(",\"lists\":[],\"weights\":[]", "");
      assertTrue(
          before.length() < json.length(), "models of before these were recorded still open");
      assertEquals(data.preprocessing(), mapper.readValue(before, Preprocessing.class));
      String facts = mapper.writeValueAsString(data.facts());
      assertEquals(data.facts(), mapper.readValue(facts, DataFacts.class), facts);
    }
  }
}
