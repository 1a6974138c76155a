package dev.shallot.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.fetch.DataCache;
import dev.shallot.run.RunException;
import dev.shallot.sweep.Cell;
import dev.shallot.sweep.DataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SetupTest {
  @TempDir Path folder = Path.of("");

  static List<String> figures() {
    return Catalog.names();
  }

  @ParameterizedTest
  @MethodSource("figures")
  void everyFigureHasValidPlansPredicatesAndAText(String id) {
    Setup setup = Setup.read(id);
    assertFalse(setup.expected().predicates().isEmpty());
    assertTrue(setup.text().startsWith("What it shows"), id);
    assertTrue(setup.text().contains("## Known from the source"), id);
    assertTrue(setup.text().contains("## Our choice"), id);
    assertFalse(setup.line().isBlank());
    for (Setup.Size size : Setup.Size.values()) {
      for (Part part : setup.parts(size)) {
        List<Cell> cells = part.spec(Map.of()).cells();
        assertFalse(cells.isEmpty());
        cells.forEach(cell -> cell.plan().trainingPlan());
      }
    }
    assertFalse(setup.told(Setup.Size.QUICK).isBlank(), "what is scaled down is told");
  }

  @ParameterizedTest
  @MethodSource("figures")
  void theQuickSizeIsSmaller(String id) {
    Setup setup = Setup.read(id);
    assertTrue(work(setup, Setup.Size.QUICK) < work(setup, Setup.Size.FULL), id);
  }

  /** Held neurons times local steps, over all different runs. */
  private static double work(Setup setup, Setup.Size size) {
    double work = 0;
    for (Part part : setup.parts(size)) {
      Map<String, Double> runs = new java.util.LinkedHashMap<>();
      for (Cell cell : part.spec(Map.of()).cells()) {
        var plan = cell.plan().trainingPlan();
        runs.put(
            cell.hash(),
            plan.keepProbability()
                * plan.masks().subnets()
                * plan.width()
                * plan.localSteps()
                * plan.rounds());
      }
      work += runs.values().stream().mapToDouble(Double::doubleValue).sum();
    }
    return work;
  }

  @Test
  void theHeatMapIsThePapersSize() {
    Part part = Setup.read("masked-neurons/fig2b").parts(Setup.Size.FULL).getFirst();
    List<Cell> cells = part.spec(Map.of()).cells();
    assertEquals(500, cells.size());
    assertEquals(455, cells.stream().map(Cell::hash).distinct().count(), "xi = 1 is run once");
    assertEquals(4000, cells.getFirst().plan().trainingPlan().width());
  }

  @Test
  void aKeyOfASizeGoesOverThatOfThePart() {
    Setup setup = Setup.read("masked-neurons/fig2b");
    Part quick = setup.parts(Setup.Size.QUICK).getFirst();
    assertEquals("1000", quick.plan().get("width"));
    assertEquals(List.of("1", "2", "5", "10"), quick.labels("subnets"));
  }

  @Test
  void unknownFiguresAreRefusedWithThoseThatThereAre() {
    RunException error = assertThrows(RunException.class, () -> Catalog.of("masked-neurons/fig9"));
    assertTrue(String.valueOf(error.getMessage()).contains("masked-neurons/fig2b"));
    assertEquals(15, Catalog.lines().size());
  }

  @Test
  void theUsersFileComesBeforeTheCacheAndTheStandIn() throws Exception {
    Tree data = new Tree(Map.of("kind", "communities", "rows", 100), "test");
    FigureData standIn = FigureData.of(data, Optional.empty(), new DataCache(folder));
    assertTrue(standIn.standIn());
    assertTrue(standIn.words().contains("not Communities & Crime"));
    Path file = Files.writeString(folder.resolve("mine.data"), "1,2\n");
    FigureData given = FigureData.of(data, Optional.of(file), new DataCache(folder));
    assertFalse(given.standIn());
    assertEquals(new DataSource.File(file), given.source());
    assertEquals("1-5", given.keys().get("exclude"));
    assertThrows(
        RunException.class,
        () -> FigureData.of(data, Optional.of(folder.resolve("absent")), new DataCache(folder)));
    Tree made =
        new Tree(Map.of("kind", "made", "set", "gaussian", "labels", "gauss", "rows", 5), "test");
    assertThrows(
        RunException.class, () -> FigureData.of(made, Optional.of(file), new DataCache(folder)));
  }

  @Test
  void setupTextsBecomeMarkup() {
    String html = Prose.html("One\ntwo <b>.\n\n## Head\n- a `x<1`\n  goes on\n- b\n\nEnd");
    assertEquals(
        """
        <p>One two &lt;b&gt;.</p>
        <h3>Head</h3>
        <ul>
        <li>a <code>x&lt;1</code> goes on</li>
        <li>b</li>
        </ul>
        <p>End</p>
        """,
        html);
  }
}
