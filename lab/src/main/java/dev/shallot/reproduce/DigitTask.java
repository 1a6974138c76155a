package dev.shallot.reproduce;

import dev.shallot.data.DataFacts;
import dev.shallot.data.InputColumn;
import dev.shallot.data.MissingPolicy;
import dev.shallot.data.NpyArray;
import dev.shallot.data.Npz;
import dev.shallot.data.PreparedData;
import dev.shallot.data.Preprocessing;
import dev.shallot.data.Scaling;
import dev.shallot.data.TargetColumn;
import dev.shallot.engine.dense.Forward;
import dev.shallot.mask.MaskLaw;
import dev.shallot.network.Initialization;
import dev.shallot.network.Network;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.Loss;
import dev.shallot.plan.Observation;
import dev.shallot.plan.Precision;
import dev.shallot.plan.TrainedLayers;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import dev.shallot.run.ClassScore;
import dev.shallot.training.MaskedTraining;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * The task of Figure 1 of Song et al. at its full size: pictures of digits, relabelled by a teacher
 * that was trained on them. Teacher and students are networks of the same width with a bias in the
 * hidden layer (a constant feature), minimised cross-entropy, minibatches, a step size of a mean
 * over the batch.
 *
 * @param digits the pictures
 * @param width of teacher and students
 * @param batch of both
 * @param step size for the mean over a batch; ours is for the sum over all rows, n times smaller
 */
record DigitTask(Digits digits, int width, int batch, double step) {
  private static final int CLASSES = 10;
  private static final long TEACHER_SEED = 1;

  /** Local steps of an epoch; what is left over when a batch does not divide n is left out. */
  int stepsOfAnEpoch() {
    return Math.max(1, digits.train().count() / Math.min(batch, digits.train().count()));
  }

  /** The step size in the units of a plan. */
  double planStep() {
    return step / digits.train().count();
  }

  /**
   * Pictures with the labels that a teacher gives them. The teacher is trained once a folder.
   *
   * @param epochs of the teacher
   * @param folder where its labels are kept, under a name that tells these pictures from others
   */
  PreparedData taught(int epochs, Path folder, Workshop workshop) {
    String sha256 = digits.sha256();
    Path labels = folder.resolve("teacher-labels-%s.npz".formatted(sha256.substring(0, 12)));
    TrainingData train = rows(digits.train(), digits.train().labels());
    TrainingData test = rows(digits.test(), digits.test().labels());
    if (!Files.exists(labels)) {
      workshop.told(
          "a teacher of width %d learns %,d pictures for %d epochs"
              .formatted(width, train.samples(), epochs));
      Network teacher = teacher(train, epochs, workshop);
      SequencedMap<String, NpyArray> told = new LinkedHashMap<>();
      told.put("train", NpyArray.vector(answers(teacher, train)));
      told.put("test", NpyArray.vector(answers(teacher, test)));
      Npz.write(labels, told);
    }
    SequencedMap<String, NpyArray> told = Npz.read(labels);
    return prepared(
        relabelled(train, Npz.array(told, "train").toDoubles()),
        relabelled(test, Npz.array(told, "test").toDoubles()),
        sha256);
  }

  private Network teacher(TrainingData train, int epochs, Workshop workshop) {
    TrainingPlan plan =
        TrainingPlan.builder(width, new MaskLaw.Full(1))
            .initialization(Initialization.HE, 1.0)
            .rounds(epochs)
            .localSteps(stepsOfAnEpoch())
            .stepSize(OptionalDouble.of(planStep()))
            .trained(TrainedLayers.BOTH)
            .loss(Loss.CROSS_ENTROPY)
            .batch(OptionalInt.of(Math.min(batch, train.samples())))
            .precision(Precision.FLOAT32)
            .engine(EngineKind.DENSE)
            .threads(Runtime.getRuntime().availableProcessors())
            .seed(TEACHER_SEED)
            .observation(new Observation(Observation.Detail.ROUNDS, Integer.MAX_VALUE))
            .build();
    Network initial = Initialization.HE.draw(1.0, width, train.features(), CLASSES, TEACHER_SEED);
    var outcome = MaskedTraining.run(plan, train, initial, List.of(workshop.stopping()));
    if (!workshop.goesOn()) {
      throw new Workshop.Interrupted("the teacher was learning");
    }
    return outcome.network();
  }

  /** Normalised pictures with a constant feature, and a one for the class of each. */
  private static TrainingData rows(Digits.Pictures pictures, int[] classes) {
    int points = pictures.points();
    int d = points + 1;
    double[] grey = pictures.normalised();
    double[] x = new double[Math.multiplyExact(pictures.count(), d)];
    double[] y = new double[pictures.count() * CLASSES];
    for (int i = 0; i < pictures.count(); i++) {
      System.arraycopy(grey, i * points, x, i * d, points);
      x[i * d + points] = 1.0;
      y[i * CLASSES + classes[i]] = 1.0;
    }
    return new TrainingData(pictures.count(), d, CLASSES, x, y);
  }

  private static TrainingData relabelled(TrainingData rows, double[] classes) {
    double[] y = new double[rows.samples() * CLASSES];
    for (int i = 0; i < rows.samples(); i++) {
      y[i * CLASSES + (int) classes[i]] = 1.0;
    }
    return new TrainingData(rows.samples(), rows.features(), CLASSES, rows.x(), y);
  }

  /** The class with the largest answer, of each row. */
  private static double[] answers(Network network, TrainingData rows) {
    double[] f =
        Forward.outputs(
            network, rows.x(), rows.samples(), Runtime.getRuntime().availableProcessors());
    double[] classes = new double[rows.samples()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = ClassScore.largest(f, i * CLASSES, CLASSES);
    }
    return classes;
  }

  private static PreparedData prepared(TrainingData train, TrainingData test, String sha256) {
    int points = train.features() - 1;
    List<InputColumn> inputs = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int j = 1; j <= points; j++) {
      inputs.add(new InputColumn("p" + j, j, List.of(), new double[0]));
      names.add("p" + j);
    }
    names.add("constant");
    List<String> classes = IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList();
    TargetColumn target = new TargetColumn("teacher", points + 1, classes);
    Preprocessing preprocessing =
        new Preprocessing(
            inputs,
            MissingPolicy.FAIL,
            Scaling.identity(points),
            true,
            false,
            List.of(target),
            Scaling.identity(CLASSES),
            points + 1,
            true);
    double[] norms = norms(train);
    DataFacts facts =
        new DataFacts(
            "pictures with a teacher's labels",
            sha256,
            (long) train.samples() + test.samples(),
            points + 1,
            train.samples(),
            test.samples(),
            train.features(),
            CLASSES,
            names,
            List.of(target.name()),
            Loss.CROSS_ENTROPY.ofZero(train),
            Arrays.stream(norms).min().orElse(0),
            Arrays.stream(norms).max().orElse(0),
            OptionalDouble.empty(),
            List.of());
    int[] rows = IntStream.range(0, train.samples()).toArray();
    return new PreparedData(train, Optional.of(test), Optional.empty(), preprocessing, facts, rows);
  }

  private static double[] norms(TrainingData rows) {
    double[] norms = new double[rows.samples()];
    for (int i = 0; i < norms.length; i++) {
      double sum = 0.0;
      for (int j = 0; j < rows.features(); j++) {
        double x = rows.x()[i * rows.features() + j];
        sum += x * x;
      }
      norms[i] = Math.sqrt(sum);
    }
    return norms;
  }

  /**
   * Where a student starts: He weights, the hidden ones divided and the output ones multiplied by a
   * factor; biases uniform in {@code +-1/sqrt(points)}, as the source's framework draws them.
   */
  Network start(double factor, long seed) {
    int points = digits.train().points();
    Network he = TeacherFigure.start(factor, width, points, CLASSES, seed);
    CounterRandom biases = new CounterRandom(seed, RandomStream.HIDDEN_WEIGHTS, 1, 0);
    double bound = 1.0 / Math.sqrt(points);
    int d = points + 1;
    double[] hidden = new double[width * d];
    for (int r = 0; r < width; r++) {
      System.arraycopy(he.hiddenWeights(), r * points, hidden, r * d, points);
      hidden[r * d + points] = bound * (2.0 * biases.uniform(r) - 1.0);
    }
    return new Network(width, d, CLASSES, hidden, he.outputWeights(), he.scale());
  }

  /**
   * What the data is, in words.
   *
   * @param place where it was read
   */
  String words(Path place) {
    Digits.Pictures train = digits.train();
    return "%s: %,d pictures to learn and %,d to test, %d points, a teacher's labels"
        .formatted(
            digits.areMnist() ? "MNIST" : "pictures of " + place,
            train.count(),
            digits.test().count(),
            train.points());
  }
}
