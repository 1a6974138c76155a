package dev.shallot.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.Engines;
import dev.shallot.engine.RoundReport;
import dev.shallot.engine.RoundTask;
import dev.shallot.engine.TrainingEngine;
import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Network;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.Loss;
import dev.shallot.plan.StepSchedule;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainedLayers;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Cross-entropy, momentum, a schedule and sample weights together. The numbers are those that
 * {@code src/test/resources/dev/shallot/golden/local_steps.py} prints, which knows nothing of this
 * code (NumPy 2, float64).
 */
class LocalStepsAreNumPysTest {
  private static final int N = 6;
  private static final int D = 3;
  private static final int M = 5;
  private static final int C = 3;
  private static final int[][][] HELD = {
    {{0, 2, 3}, {1, 2}}, {{0, 2}, {1, 2, 4}}, {{1, 2, 3}, {2, 4}}, {{0, 1, 2}, {2, 3, 4}}
  };

  private static final double[] ENTROPY_STEPS = {
    6.289751601773179,
    5.9543788576269785,
    6.134040784461067,
    5.845688292447894,
    5.543912371809447,
    4.653173369321387,
    5.585264856766765,
    4.317001178464719,
    3.9695908690186106,
    3.4644452162287465,
    4.246826828236378,
    3.5941461705498066,
    1.6988119052560426,
    1.3168372710154705,
    3.237305716684375,
    3.008418979298879
  };

  private static final double[] ENTROPY_WHOLE = {
    5.898618417351342, 3.658771033737265, 2.1875683906445014, 1.4684184877182118
  };

  private static final double[] ENTROPY_W = {
    1.6387748749810167,
    -0.05749535474477345,
    -2.000316498905012,
    -2.536029360231217,
    -2.0501738892427253,
    0.3069769579480677,
    -1.6365279091434608,
    0.7481660887343755,
    2.4306221213867403,
    0.7626394223236451,
    0.812762240899365,
    0.10931957510757678,
    1.2997949973450662,
    -1.1872821909272568,
    -2.4552709991256725
  };

  private static final double[] ENTROPY_A = {
    1.318575376098951,
    -1.0000539082618043,
    -0.31021632277861166,
    0.9264054195171415,
    -2.0389877942950743,
    1.1196182625350717,
    -1.961398357780011,
    2.0913105538073573,
    -0.13445315761914392,
    0.25794542396734776,
    0.6335686877316316,
    -0.9009794032693887,
    1.471356783267962,
    -0.8506771511912653,
    -0.6212025793002488
  };

  private static final double[] SQUARED_STEPS = {
    6.370061666628511,
    5.586721125094086,
    6.965206251646461,
    5.586381623702254,
    4.655752930117879,
    3.588907735859352,
    4.825324598825787,
    3.1860264370305247,
    4.586354840656281,
    4.6289234810296245,
    3.0036923963197166,
    2.312256723533731,
    2.9026823869331793,
    2.3905859109848633,
    2.077912807677733,
    2.165506216197983
  };

  private static final double[] SQUARED_WHOLE = {
    4.877579678543272, 2.5030657749943597, 1.383751963122791, 1.4903685705839034
  };

  private static final double[] SQUARED_W = {
    1.4452989147134676,
    0.29084135751394086,
    -1.3737813933281693,
    -0.8286874903081294,
    -1.069177901877023,
    -0.18077114281493292,
    -0.4221254105029183,
    0.3286385540623058,
    0.694654627713847,
    0.6283548671776928,
    0.9710550527885969,
    0.44039690980540813,
    1.3434358293833475,
    -0.5373721373266038,
    -1.690930695568978
  };

  private static final double[] SQUARED_A = {
    1.299107693005602,
    -0.5847534821076726,
    -0.057622854359574587,
    0.8784540207320207,
    -0.32722217830060346,
    1.1221809294581704,
    0.19285236397938943,
    2.1635693222580397,
    0.43671403220091654,
    0.4118438025930902,
    0.7811172129756642,
    -0.537747533806376,
    1.2657582056741377,
    -0.01267073376664898,
    0.28414504967774423
  };

  private static double[] wave(
      int rows, int columns, double from, double down, double right, boolean cosine) {
    double[] matrix = new double[rows * columns];
    for (int i = 0; i < matrix.length; i++) {
      int row = i / columns;
      double angle = from + row * down + i % columns * right;
      matrix[i] = cosine ? Math.cos(angle) : Math.sin(angle);
    }
    return matrix;
  }

  private static TrainingData data() {
    int[] labels = {0, 2, 1, 1, 0, 2};
    double[] y = new double[N * C];
    for (int i = 0; i < N; i++) {
      y[i * C + labels[i]] = 1.0;
    }
    double[] weights = {1.0, 0.5, 2.0, 0.0, 1.5, 1.0};
    return new TrainingData(N, D, C, wave(N, D, 1.0, 1.7, 0.9, true), y, weights);
  }

  @ParameterizedTest
  @EnumSource(names = {"REFERENCE", "DENSE"})
  void crossEntropy(EngineKind engine) {
    check(engine, Loss.CROSS_ENTROPY, ENTROPY_STEPS, ENTROPY_WHOLE, ENTROPY_W, ENTROPY_A);
  }

  @ParameterizedTest
  @EnumSource(names = {"REFERENCE", "DENSE"})
  void squared(EngineKind engine) {
    check(engine, Loss.SQUARED, SQUARED_STEPS, SQUARED_WHOLE, SQUARED_W, SQUARED_A);
  }

  private static void check(
      EngineKind kind, Loss loss, double[] steps, double[] whole, double[] w, double[] a) {
    TrainingPlan plan =
        TrainingPlan.builder(M, new MaskLaw.Bernoulli(2, 0.5))
            .loss(loss)
            .momentum(0.9)
            .schedule(new StepSchedule(new StepSchedule.Cosine(0.1), 1))
            .trained(TrainedLayers.BOTH)
            .localSteps(2)
            .rounds(4)
            .engine(kind)
            .build();
    Network initial =
        new Network(
            M,
            D,
            C,
            wave(M, D, 1.0, 2.3, 1.1, false),
            wave(M, C, 0.5, 1.3, 2.1, true),
            1.0 / Math.sqrt(M));
    try (TrainingEngine engine =
        Engines.open(new EngineSetup(plan, new StepSizes(0.3, 0.2, ""), initial, data()))) {
      for (int k = 0; k < 4; k++) {
        RoundReport report = engine.round(new RoundTask(k, MaskSet.of(M, HELD[k]), false, true));
        for (int i = 0; i < 4; i++) {
          close(steps[4 * k + i], report.stepErrors()[i], "round " + k + ", step " + i);
        }
        close(whole[k], report.whole().orElseThrow().error(), "whole, round " + k);
      }
      Network end = engine.network();
      for (int i = 0; i < M * D; i++) {
        close(w[i], end.hiddenWeights()[i], "W " + i);
      }
      for (int i = 0; i < M * C; i++) {
        close(a[i], end.outputWeights()[i], "a " + i);
      }
    }
  }

  private static void close(double expected, double actual, String what) {
    assertEquals(expected, actual, 1e-12 * Math.max(1.0, Math.abs(expected)), what);
  }
}
