package dev.shallot.sweep;

import dev.shallot.data.DataFacts;
import dev.shallot.data.DataPlan;
import dev.shallot.data.PreparedData;
import dev.shallot.data.Table;
import dev.shallot.data.TableFormat;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.RunException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The data of a sweep: read once, prepared once for all cells that prepare it the same way. The
 * last few preparations are kept, so memory stays bounded when an axis changes it.
 */
public final class SweepData {
  private static final int KEPT = 4;

  private final Optional<DataSource> source;
  private final Optional<PreparedData> fixed;
  private final Map<TableFormat, Table> tables = new LinkedHashMap<>();
  private final Map<DataPlan, PreparedData> prepared =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DataPlan, PreparedData> eldest) {
          return size() > KEPT;
        }
      };
  private Optional<DataPlan> fixedPlan = Optional.empty();

  private SweepData(Optional<DataSource> source, Optional<PreparedData> fixed) {
    this.source = source;
    this.fixed = fixed;
  }

  /** Data from its source. */
  public static SweepData of(DataSource source) {
    return new SweepData(Optional.of(source), Optional.empty());
  }

  /** Data that is prepared already; no axis can change how. */
  public static SweepData of(PreparedData data) {
    return new SweepData(Optional.empty(), Optional.of(data));
  }

  /** Where it comes from; empty if it came prepared. */
  public Optional<DataSource> source() {
    return source;
  }

  /**
   * The data as a plan prepares it.
   *
   * @throws RunException if the data came prepared, for another plan
   */
  public synchronized PreparedData prepare(PlanDocument plan) {
    DataPlan dataPlan = plan.dataPlan().normal();
    if (fixed.isPresent()) {
      DataPlan first = fixedPlan.orElse(dataPlan);
      fixedPlan = Optional.of(first);
      if (!first.equals(dataPlan)) {
        throw new RunException(
            "the data of this sweep came prepared, so no axis can change its preparation; give the"
                + " file in its place.");
      }
      return fixed.get();
    }
    PreparedData known = prepared.get(dataPlan);
    if (known != null) {
      return known;
    }
    Table table =
        tables.computeIfAbsent(dataPlan.format(), format -> source.orElseThrow().table(format));
    PreparedData made = PreparedData.prepare(table, dataPlan);
    prepared.put(dataPlan, made);
    return made;
  }

  /** Facts of the data as a plan prepares it. */
  DataFacts facts(PlanDocument plan) {
    return prepare(plan).facts();
  }
}
