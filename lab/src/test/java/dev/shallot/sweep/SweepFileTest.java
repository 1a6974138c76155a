package dev.shallot.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.run.PlanKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Specs in YAML. */
class SweepFileTest {
  private static final Path FILE = Path.of("grid.yaml");

  private static final String WHOLE =
      """
      title: two ways
      data: synthetic:sphere,rows=30
      start: paper
      method: ist-bernoulli
      plan:
        width: 64          # small
        rounds: 5
        na: [x, "-"]
        bias: on
      grid:
        keep: 0.5:1:0.25
        subnets: [1, 2]
        rate:
          slow: {step-size: 0.01, rounds: 8}
          fast: {step-size: 0.05}
      seeds: 3
      amend:
        - when: {keep: 1}
          set: {subnets: 1}
      traces: all
      """;

  @Test
  void everythingThatIsWrittenIsInTheSpec() {
    SweepFile file = SweepFile.of(WHOLE, FILE);
    SweepSpec spec = file.spec();
    assertEquals("two ways", spec.title());
    assertEquals(
        "synthetic:sphere,labels=natural,rows=30,features=50,outputs=1,seed=0",
        file.data().orElseThrow().text());
    assertEquals(
        List.of("keep", "subnets", "rate", "seed"), spec.axes().stream().map(Axis::name).toList());
    assertEquals(Integer.MAX_VALUE, spec.tracePoints());
    assertEquals("64", spec.base().show(PlanKey.WIDTH));
    assertEquals("on", spec.base().show(PlanKey.BIAS));
    assertEquals("none", spec.base().show(PlanKey.SCALE), "as the papers have it");
    assertEquals("x,-", spec.base().show(PlanKey.NA));
    List<Cell> cells = spec.cells();
    assertEquals(3 * 2 * 2 * 3, cells.size());
    Cell last = cells.getLast();
    assertEquals(Map.of("keep", "1", "subnets", "2", "rate", "fast", "seed", "2"), last.at());
    assertEquals("1", last.plan().show(PlanKey.SUBNETS), "amended");
    assertEquals("0.05", last.plan().show(PlanKey.STEP_SIZE));
    assertEquals(3 * 2 * 5, cells.stream().map(Cell::hash).distinct().count());
  }

  @Test
  void aSpecIsTheSameAfterItWasStored() {
    SweepSpec spec = SweepFile.of(WHOLE, FILE).spec();
    Map<String, Object> stored =
        dev.shallot.run.Json.readObject(dev.shallot.run.Json.write(spec.toMap()), "test");
    SweepSpec again = SweepSpec.of(stored, "test");
    assertEquals(spec.axes(), again.axes());
    assertEquals(spec.amendments(), again.amendments());
    assertEquals(
        spec.cells().stream().map(Cell::hash).toList(),
        again.cells().stream().map(Cell::hash).toList());
  }

  @Test
  void whatDoesNotFitIsRefusedWithLineAndColumn() {
    for (String[] wrong :
        new String[][] {
          {"gird:\n  keep: 1\n", "line 1, column 1: unknown key \"gird\""},
          {"grid:\n  kepe: 1\n", "line 2, column 3: \"kepe\""},
          {"plan:\n  width: 5\n  wdith: 6\n", "line 3, column 3"},
          {"plan:\n  width: five\n", "line 2, column 10"},
          {"plan:\n  width: five\n", "expected a whole number"},
          {"plan:\n  width:\n", "line 2, column 9: expected a text or a number, but found nothing"},
          {"plan: 5\n", "line 1, column 7: expected keys with values"},
          {"plan:\n  width: 5\n  width: 6\n", "line 3, column 3: the key \"width\" is there"},
          {"seeds: five\n", "line 1, column 8"},
          {"seeds: {a: 1}\n", "line 1, column 8: expected a text or a number"},
          {"start: papers\n", "line 1, column 8: start is usual or paper"},
          {"method: fool\n", "line 1, column 9: unknown method"},
          {"grid:\n  keep: [0.5, [1]]\n", "line 2, column 15"},
          {"grid:\n  keep: [0.5, 2]\n", "line 2, column 3: --keep: expected"},
          {"grid:\n  a:\n    b: {c: 1}\n", "\"c\""},
          {"amend: 5\n", "line 1, column 8: expected a list"},
          {"amend:\n  - when: {keep: 1}\n", "line 2, column 5: expected when: and set:"},
          {"amend:\n  - when: {keep: 1}\n    set: {width: 1}\n", "no axis has that value"},
          {"traces: 1\n", "line 1, column 9"},
          {"title: [a\n", "line 2, column 1"},
          {"title: a\n b: c\n", "is not YAML"},
          {"- 1\n", "line 1, column 1: expected keys with values, but found a list"},
          {"", "is empty"},
          {"a: &x [*x]\n", "grid.yaml"},
          {"data: synthetic:cube\n", "line 1, column 7: unknown \"cube\""},
        }) {
      String message = TestSweeps.refusal(() -> SweepFile.of(wrong[0], FILE));
      assertTrue(message.contains(wrong[1]), wrong[0] + "\n" + message);
      assertTrue(message.contains("grid.yaml"), message);
    }
  }

  @Test
  void dataIsRelativeToTheFile() {
    SweepFile file = SweepFile.of("data: x.csv\n", Path.of("some", "where", "grid.yaml"));
    assertEquals(Path.of("some", "where", "x.csv").toString(), file.data().orElseThrow().text());
  }
}
