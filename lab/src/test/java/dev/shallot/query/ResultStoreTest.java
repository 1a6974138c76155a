package dev.shallot.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.data.PreparedData;
import dev.shallot.data.Table;
import dev.shallot.data.TableFormat;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.Run;
import dev.shallot.run.RunException;
import dev.shallot.run.RunRequest;
import dev.shallot.run.RunResult;
import dev.shallot.sweep.Axis;
import dev.shallot.sweep.CellResult;
import dev.shallot.sweep.DataSource;
import dev.shallot.sweep.GridText;
import dev.shallot.sweep.Sweep;
import dev.shallot.sweep.SweepData;
import dev.shallot.sweep.SweepResult;
import dev.shallot.sweep.SweepSettings;
import dev.shallot.sweep.SweepSpec;
import dev.shallot.sweep.SweepWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQL over a folder with a sweep and a run. */
class ResultStoreTest {
  private static final DataSource DATA =
      DataSource.of("synthetic:tabular,rows=20,features=5,seed=3");

  private static final PlanDocument PLAN =
      PlanDocument.practitioner()
          .withFlags(Map.of("width", "16", "rounds", "4", "batch", "full", "split", "0.2"));

  @TempDir Path folder = Path.of("");

  private Optional<SweepResult> sweep = Optional.empty();
  private Optional<RunResult> run = Optional.empty();

  @BeforeEach
  void aSweepAndARun() {
    SweepSpec spec =
        SweepSpec.of(
            PLAN,
            List.of(
                GridText.axis("keep=0.5,1"), GridText.axis("mask=bernoulli"), Axis.seeds(7, 2)));
    sweep =
        Optional.of(
            Sweep.run(
                spec,
                SweepData.of(DATA),
                folder.resolve("grid"),
                SweepSettings.usual(),
                SweepWatch.NOTHING));
    Table table = DATA.table(TableFormat.detect());
    run =
        Optional.of(
            Run.execute(
                new RunRequest(
                    PLAN,
                    PreparedData.prepare(table, PLAN.dataPlan()),
                    folder.resolve("one"),
                    "test",
                    List.of())));
  }

  private static double number(QueryResult result, int row, int column) {
    return result.rows().get(row).get(column).map(v -> ((Number) v).doubleValue()).orElseThrow();
  }

  @Test
  void everyNumberIsThere() {
    List<CellResult> cells = sweep.orElseThrow().cells();
    try (ResultStore store = ResultStore.open(folder)) {
      QueryResult result =
          store.query(
              "SELECT cell, keep, mask, seed, final_error, relative_error, held_out_rmse, folder"
                  + " FROM cells ORDER BY cell");
      assertEquals(4, result.rows().size());
      for (int i = 0; i < 4; i++) {
        CellResult cell = cells.get(i);
        assertEquals(i, number(result, i, 0));
        assertEquals(
            Double.parseDouble(String.valueOf(cell.at().get("keep"))), number(result, i, 1));
        assertEquals(Optional.of("bernoulli"), result.rows().get(i).get(2));
        assertEquals(7 + i % 2, number(result, i, 3));
        assertEquals(cell.finalError(), number(result, i, 4));
        assertEquals(cell.relativeError(), number(result, i, 5));
        assertEquals(cell.heldOut().getFirst().number().rmse(), number(result, i, 6));
        assertEquals(Optional.of("grid"), result.rows().get(i).get(7));
      }
      QueryResult traces =
          store.query("SELECT round, error FROM traces WHERE cell = 2 ORDER BY round");
      assertEquals(5, traces.rows().size());
      for (int k = 0; k < 5; k++) {
        assertEquals(cells.get(2).errors()[k], number(traces, k, 1));
      }
      QueryResult runs =
          store.query("SELECT folder, final_error, width, rounds_done, step_size FROM runs");
      assertEquals(run.orElseThrow().outcome().last().error(), number(runs, 0, 1));
      assertEquals(16, number(runs, 0, 2));
      assertEquals(Optional.of("auto"), runs.rows().get(0).get(4));
      assertEquals(
          5, number(store.query("SELECT count(*) FROM traces WHERE folder = 'one'"), 0, 0));
      assertEquals(
          store.columns().size(),
          (int) number(store.query("SELECT count(*) FROM information_schema.columns"), 0, 0));
    }
  }

  @Test
  void aQueryReachesNoFileAndChangesNone() throws IOException {
    Path secret = folder.resolve("secret.csv");
    Files.writeString(secret, "a\n1\n");
    Path target = folder.resolve("written");
    try (ResultStore store = ResultStore.open(folder)) {
      for (String sql :
          List.of(
              "SELECT * FROM '" + secret + "'",
              "SELECT * FROM read_csv('" + secret + "')",
              "SELECT * FROM read_text('" + secret + "')",
              "SELECT * FROM glob('" + folder + "/*')",
              "COPY cells TO '" + target + "'",
              "SELECT 1; COPY cells TO '" + target + "'",
              "EXPORT DATABASE '" + target + "'",
              "ATTACH '" + target + "'",
              "INSTALL httpfs",
              "LOAD '" + target + "'",
              "SET enable_external_access = true",
              "SET allowed_paths = ['" + target + "']",
              "RESET lock_configuration",
              "SELECT * FROM read_csv('http://127.0.0.1:1/x.csv')")) {
        assertThrows(RunException.class, () -> store.query(sql), sql);
      }
      assertFalse(Files.exists(target));
      assertEquals("a\n1\n", Files.readString(secret));
    }
  }

  @Test
  void errorsAreToldInTheDatabasesWords() {
    try (ResultStore store = ResultStore.open(folder)) {
      String message =
          String.valueOf(
              assertThrows(RunException.class, () -> store.query("SELECT nothing FROM cells"))
                  .getMessage());
      assertTrue(message.contains("Binder Error") && message.contains("nothing"), message);
    }
    assertThrows(RunException.class, () -> ResultStore.open(folder.resolve("absent")));
    assertThrows(RunException.class, () -> ResultStore.open(folder.resolve("grid/none")));
  }

  @Test
  void parquetGoesToOneFileOnlyAndReadsBack() throws IOException {
    Path file = folder.resolve("it's.parquet");
    try (ResultStore store = ResultStore.open(folder, Optional.of(file))) {
      assertThrows(
          RunException.class,
          () -> store.writeParquet("SELECT 1) TO '" + folder.resolve("x") + "' (FORMAT csv); --"));
      store.writeParquet("SELECT cell, final_error FROM cells ORDER BY cell; ");
      Table table = Table.read(file, TableFormat.detect());
      assertEquals(4, table.rows());
      assertEquals(List.of("cell", "final_error"), table.names());
    }
    assertFalse(Files.exists(file), "the caller moves it away, or it is gone");
  }

  @Test
  void csvAndJsonReadBackToTheSameBits() {
    double error = sweep.orElseThrow().cells().getFirst().finalError();
    try (ResultStore store = ResultStore.open(folder)) {
      QueryResult result =
          store.query("SELECT final_error, 'a,\"b' AS t, NULL AS n FROM cells WHERE cell = 0");
      assertEquals("final_error,t,n\n" + error + ",\"a,\"\"b\",\n", result.csv());
      assertTrue(result.json().contains("\"final_error\" : " + error), result.json());
      assertTrue(result.json().contains("\"n\" : null"), result.json());
    }
  }
}
