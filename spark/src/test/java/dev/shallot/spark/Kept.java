package dev.shallot.spark;

import dev.shallot.engine.StateExchange;
import dev.shallot.training.Resumption;
import dev.shallot.training.StopReason;
import dev.shallot.training.TrainingListener;
import dev.shallot.training.TrainingMoment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A run's state after some round, in memory: first it takes the pieces, then it gives them. */
final class Kept implements StateExchange {
  private final List<Object> pieces = new ArrayList<>();
  private Optional<TrainingMoment> moment = Optional.empty();
  private boolean giving;
  private int next;

  /** Keeps the state after so many rounds. */
  TrainingListener saver(long rounds) {
    return new TrainingListener() {
      @Override
      public void between(TrainingMoment here, Optional<StopReason> stop) {
        if (here.rounds() == rounds) {
          moment = Optional.of(here);
          try {
            here.state().exchange(Kept.this);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
    };
  }

  /** Where the run goes on; once. */
  Resumption resumption() {
    giving = true;
    TrainingMoment from = moment.orElseThrow();
    return new Resumption(from.rounds(), from.steps(), from.initial(), this);
  }

  @Override
  public Purpose purpose() {
    return giving ? Purpose.RESTORE : Purpose.SAVE;
  }

  private void piece(Object array, Object copy, int length) {
    if (giving) {
      System.arraycopy(pieces.get(next++), 0, array, 0, length);
    } else {
      pieces.add(copy);
    }
  }

  @Override
  public void floats(String name, float[] array, int rows, int columns, int stride) {
    piece(array, array.clone(), array.length);
  }

  @Override
  public void doubles(String name, double[] array, int rows, int columns, int stride) {
    piece(array, array.clone(), Math.min(array.length, rows * stride));
  }

  @Override
  public void longs(String name, long[] array, int count) {
    piece(array, array.clone(), count);
  }
}
