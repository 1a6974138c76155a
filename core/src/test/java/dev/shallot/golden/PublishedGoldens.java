package dev.shallot.golden;

import static dev.shallot.golden.EngineGoldens.scaledDifference;
import static dev.shallot.golden.EngineGoldens.squaredDistance;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Network;
import dev.shallot.plan.Aggregation;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Numbers that were computed apart from this code, for any engine: inherit, say how to open the
 * engine and how exact it is. They are printed by {@code src/test/python/micro_network_goldens.py}.
 */
public abstract class PublishedGoldens implements MaskExpectations, PathwiseIdentities {
  private static final MaskLaw BERNOULLI = new MaskLaw.Bernoulli(2, MicroNetwork.XI);
  private static final MaskSet BERNOULLI_MASKS = MaskSet.of(3, new int[][] {{0, 1}, {0}});
  private static final MaskLaw CATEGORICAL = new MaskLaw.Categorical(2);
  private static final MaskSet OWNERS_1_2_1 = MaskSet.of(3, new int[][] {{0, 2}, {1}});
  private static final MaskSet FULL = MaskSet.of(3, new int[][] {{0, 1, 2}});

  private final Network network = MicroNetwork.network();
  private final TrainingData data = MicroNetwork.data();

  // The network itself

  @Test
  void outputsOfTheNetworkAndMonitoredOutputs() {
    TrainingPlan full = plan(network, new MaskLaw.Full(1)).build();
    assertClose(
        new double[] {0.40414518843273806, 0.36950417228136045},
        wholeOutputs(full, network, data),
        "f");
    TrainingPlan masked = plan(network, BERNOULLI).build();
    double[] u = wholeOutputs(masked, network, data);
    assertClose(new double[] {0.16165807537309523, 0.14780166891254418}, u, "u");
    assertClose(0.27272142574984354, squaredDistance(u, data.y()), "||y - u||^2");
    try (var engine = open(masked, network, data)) {
      assertClose(0.27272142574984354, engine.measure().error(), "measured ||y - u||^2");
      assertEquals(0.0, engine.measure().displacement());
      assertEquals(0, engine.measure().flips());
      assertEquals(0, engine.measure().dead());
    }
  }

  @Test
  void theFullGradientIsThatOfTheMonitoredOutput() {
    // The gradient of 1/2 ||y - xi f||^2 is a step of a network whose scale holds the xi.
    Network scaled = MicroNetwork.network(MicroNetwork.XI / Math.sqrt(3));
    TrainingPlan plan = plan(scaled, new MaskLaw.Full(1)).stepSize(0.1).build();
    Taken taken = take(plan, scaled, data, FULL);
    assertClose(
        new double[] {
          -0.023015704353214272, 0.07349468820183674, -0.05512101615137755,
          -0.07349468820183674, -0.023015704353214272, 0.07349468820183674
        },
        scaledDifference(scaled.hiddenWeights(), taken.network().hiddenWeights(), 1 / 0.1),
        "gradient");
    // No activation flips on the way, so the first-order change -xi H(0) (u - y) is exact.
    double[] before = wholeOutputs(plan, scaled, data);
    double[] after = wholeOutputs(plan, taken.network(), data);
    assertClose(
        new double[] {0.010630498483133688, -0.04199438384988517},
        scaledDifference(after, before, 1 / 0.1),
        "-xi H (u - y)");
  }

  @Test
  void theSurrogatesLossHasTheOneHalfAndItsGradientIsZeroWhereTheMaskIs() {
    TrainingPlan plan = plan(network, new MaskLaw.Bernoulli(1, MicroNetwork.XI)).build();
    Taken taken = take(plan, network, data, MaskSet.of(3, new int[][] {{0, 2}}));
    assertClose(0.2498273749422746, taken.report().stepErrors()[0] / 2, "loss");
    assertClose(
        new double[] {
          0.1872607391169643, 0.3234700538379252, 0, 0, 0.1872607391169643, 0.3234700538379252
        },
        scaledDifference(network.hiddenWeights(), taken.network().hiddenWeights(), 1 / 0.5),
        "gradient");
  }

  // Algorithm 1, eta = 0.5

  @Test
  void fullMasksAreGradientDescent() {
    TrainingPlan plan = plan(network, new MaskLaw.Full(1)).localSteps(2).build();
    Taken taken = take(plan, network, data, FULL);
    assertClose(
        new double[] {
          0.4745839875917517, -0.3930683602522959, -0.12950429564678573,
          0.6273276058042857, 0.11138955342775934, 0.4726723941957142
        },
        taken.network().hiddenWeights(),
        "W");
    double[] errors = {0.3929735643746088, 0.16838824189812937, 0.0947953443666314};
    assertClose(errors, taken.report().subnetErrors(), "errors");
    assertClose(Arrays.copyOf(errors, 2), taken.report().stepErrors(), "errors before steps");
    assertClose(errors[2], taken.report().whole().orElseThrow().error(), "aggregated error");
  }

  @Test
  void bernoulliMasksWithTwoLocalSteps() {
    TrainingPlan plan = plan(network, BERNOULLI).localSteps(2).build();
    Taken taken = take(plan, network, data, BERNOULLI_MASKS);
    assertClose(
        new double[] {
          0.5342871637633548, -0.3636944136030881, -0.23083762898011906,
          0.4922164946931746, 0.2, 0.7
        },
        taken.network().hiddenWeights(),
        "W1");
    assertClose(
        new double[] {
          0.09614452668806123, 0.06924215899201143, 0.05162839013248968,
          0.13935904553133507, 0.11984805978899983, 0.10356787635810907
        },
        taken.report().subnetErrors(),
        "local errors");
    assertClose(
        new double[] {0.1695763566645039, 0.10492674857426353},
        wholeOutputs(plan, taken.network(), data),
        "u");
  }

  @Test
  void aNeuronThatNoSubnetHeldIsUnchangedBitForBit() {
    TrainingPlan plan = plan(network, BERNOULLI).localSteps(2).build();
    double[] start;
    try (var engine = open(plan, network, data)) {
      start = engine.network().hiddenWeights(); // rounded to the engine's precision
    }
    double[] moved = take(plan, network, data, BERNOULLI_MASKS).network().hiddenWeights();
    assertEquals(start[4], moved[4]);
    assertEquals(start[5], moved[5]);
  }

  @Test
  void oneLocalStepDividesByCoverageInAlgorithm1AndByPInInouesRule() {
    TrainingPlan plan = plan(network, BERNOULLI).build();
    assertClose(
        new double[] {
          0.5147029637748511,
          -0.3117350269189626,
          -0.2606987298107781,
          0.45240169358562926,
          0.2,
          0.7
        },
        take(plan, network, data, BERNOULLI_MASKS).network().hiddenWeights(),
        "Algorithm 1");
    TrainingPlan inoue = plan(network, BERNOULLI).aggregation(Aggregation.SUBNET_MEAN).build();
    assertClose(
        new double[] {
          0.5147029637748511, -0.3117350269189626, -0.28034936490538903,
          0.42620084679281467, 0.2, 0.7
        },
        take(inoue, network, data, BERNOULLI_MASKS).network().hiddenWeights(),
        "Inoue");
  }

  @Test
  void categoricalMasksWithTwoLocalSteps() {
    TrainingPlan plan = plan(network, CATEGORICAL).localSteps(2).build();
    assertClose(
        new double[] {0.20207259421636903, 0.18475208614068023},
        wholeOutputs(plan, network, data),
        "u_0");
    assertClose(
        new double[] {0.40414518843273806, 0.4503332099679081},
        subnetOutputs(plan, network, data, OWNERS_1_2_1, 0),
        "uhat_0 of subnet 1");
    assertClose(
        new double[] {0, -0.08082903768654763},
        subnetOutputs(plan, network, data, OWNERS_1_2_1, 1),
        "uhat_0 of subnet 2");
    Network trained = take(plan, network, data, OWNERS_1_2_1).network();
    assertClose(
        new double[] {
          0.46525065425841833, -0.4117350269189626, -0.24628100465309316,
          0.4716253271292092, 0.07250600839622234, 0.41460544526477605
        },
        trained.hiddenWeights(),
        "W1");
    assertClose(
        new double[] {0.3104739539421716, 0.21661487042413705},
        subnetOutputs(plan, trained, data, OWNERS_1_2_1, 0),
        "uhat_tau of subnet 1");
    assertClose(
        new double[] {0, -0.13252016506010253},
        subnetOutputs(plan, trained, data, OWNERS_1_2_1, 1),
        "uhat_tau of subnet 2");
    assertClose(
        new double[] {0.15523697697108577, 0.042047352682017265},
        wholeOutputs(plan, trained, data),
        "u_1");
  }

  @Test
  void theCategoricalRunsJumpAndDropAreThePublishedOnes() { // L-16
    TrainingPlan plan = plan(network, CATEGORICAL).localSteps(2).build();
    Taken taken = take(plan, network, data, OWNERS_1_2_1);
    double[] errors = taken.report().subnetErrors();
    assertClose(0.2041531982566102, taken.report().whole().orElseThrow().error(), "A");
    assertClose(0.2587255355263769, (errors[2] + errors[5]) / 2, "L_tau");
    try (var engine = open(plan, network, data)) {
      double jump = (errors[0] + errors[3]) / 2 - engine.measure().error();
      assertClose(0.11136666666666667, jump, "S - G");
    }
    double[] u = wholeOutputs(plan, network, data);
    double[] first = subnetOutputs(plan, network, data, OWNERS_1_2_1, 0);
    double[] second = subnetOutputs(plan, network, data, OWNERS_1_2_1, 1);
    assertClose(0.2227333333333334, squaredDistance(u, first) + squaredDistance(u, second), "left");
    assertClose(0.2227333333333334, squaredDistance(first, second) / 2, "right");
  }
}
