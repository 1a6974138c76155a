package dev.shallot.kernel;

import dev.shallot.TheoryException;
import dev.shallot.engine.Team;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Activation;
import dev.shallot.network.Initialization;
import dev.shallot.network.Network;
import java.util.Arrays;

/**
 * A tangent kernel of the hidden layer on n samples with c outputs: a symmetric, positive
 * semi-definite matrix of order n c. Entry (o, i) x (p, j), for outputs o, p and samples i, j:
 *
 * <pre>
 *   infinite  H-inf  = xi &lt;x_i, x_j&gt; P(&lt;w, x_i&gt; &gt;= 0, &lt;w, x_j&gt; &gt;= 0)               if o = p, else 0
 *   finite    H      = xi s^2 &lt;x_i, x_j&gt; sum_r     a_ro a_rp A_ri A_rj
 *   masked    m o H  =    s^2 &lt;x_i, x_j&gt; sum_r m_r a_ro a_rp A_ri A_rj,   A_ri = 1{&lt;w_r, x_i&gt; &gt;= 0}
 * </pre>
 *
 * s is the network's scale, 1/sqrt(m) in the papers. The mean of m o H over masks is H, and H tends
 * to H-inf as the width grows (definitions: Liao and Kyrillidis 2022, section 3; the closed form of
 * the probability is standard, see {@link HalfSpaces}).
 *
 * <p><b>Order.</b> Outputs come first: entry (o, i) is row {@code o * n + i}.
 *
 * <p><b>Computing.</b> Nothing is formed until it is asked for. With output weights of one size, as
 * +-1, the sum over neurons is a whole number that is counted exactly, 64 neurons at a time; with
 * others it is a float64 sum. All results are the same bits for any team and any vector width, and
 * formed matrices are symmetric to the bit.
 */
public final class TangentKernel {
  /** The largest order that one array holds. */
  public static final int LARGEST_FORMED = 46_340;

  private final Entries entries;

  private TangentKernel(Entries entries) {
    this.entries = entries;
  }

  /**
   * The infinite kernel in closed form.
   *
   * @param samples X; rows of any norm
   * @param outputs c
   * @param factor xi times {@link #limitFactor}, which is 1 in the papers
   */
  public static TangentKernel infinite(Samples samples, int outputs, double factor) {
    if (outputs < 1 || !(factor > 0.0 && Double.isFinite(factor))) {
      throw new TheoryException(
          "an infinite kernel needs at least 1 output and a positive factor, but got %d and %s"
              .formatted(outputs, factor));
    }
    return new TangentKernel(new InfiniteEntries(samples, outputs, factor));
  }

  /**
   * What a law of initial weights contributes to the infinite kernel, {@code m s^2 E[a^2]}: 1 for
   * the papers' and for LeCun's, 2 for He's, 2 m / (m + c) for Glorot's. The law of the hidden
   * weights contributes nothing, since the gate does not see how long they are.
   *
   * @param law of the initial weights
   * @param width m
   * @param outputs c
   */
  public static double limitFactor(Initialization law, int width, int outputs) {
    return switch (law) {
      case NTK, LECUN -> 1.0;
      case HE -> 2.0;
      case GLOROT -> 2.0 * width / ((double) width + outputs);
    };
  }

  /**
   * The finite kernel H at a network's weights.
   *
   * @param samples X
   * @param network W and a
   * @param activations those of the network on the samples
   * @param keepProbability xi
   */
  public static TangentKernel finite(
      Samples samples, Network network, Activations activations, double keepProbability) {
    long[] all = new long[activations.words()];
    Arrays.fill(all, -1L);
    if (network.width() % Long.SIZE != 0) {
      all[all.length - 1] = -1L >>> -network.width();
    }
    return of(samples, network, activations, all, keepProbability);
  }

  /**
   * The masked kernel m o H of a subnet at a network's weights, without xi. It costs as much as the
   * subnet holds.
   *
   * @param samples X
   * @param network W and a
   * @param activations those of the whole network on the samples
   * @param masks a round's masks
   * @param subnet l
   */
  public static TangentKernel masked(
      Samples samples, Network network, Activations activations, MaskSet masks, int subnet) {
    if (masks.width() != network.width() || subnet < 0 || subnet >= masks.subnets()) {
      throw new TheoryException(
          "expected a subnet of masks over %d neurons, but got subnet %d of %s"
              .formatted(network.width(), subnet, masks));
    }
    long[] held = new long[activations.words()];
    masks.copyBits(subnet, held);
    return of(samples, network, activations, held, 1.0);
  }

  /**
   * The kernel of both layers at a network's weights, whatever its activation: with rates eta_W and
   * eta_v of the hidden and the output layer,
   *
   * <pre>
   * K = xi s^2 ( eta_W (X X^T) o (D D^T) + eta_v Phi Phi^T ),   D_ir = a_r phi'(&lt;w_r, x_i&gt;)
   * </pre>
   *
   * for one output (as in Razborov 2022 and Song et al. 2021). With eta_W = 1 and eta_v = 0 it is
   * the finite kernel, or, of the neurons that a subnet holds and without xi, the masked one.
   *
   * @param samples X
   * @param layer the neurons, on the same samples
   * @param hiddenRate eta_W, at least 0
   * @param outputRate eta_v, at least 0
   * @param keepProbability xi, or 1 for the kernel of a subnet
   */
  public static TangentKernel twoRate(
      Samples samples,
      HiddenLayer layer,
      double hiddenRate,
      double outputRate,
      double keepProbability) {
    if (layer.samples() != samples.count()) {
      throw new TheoryException(
          "the hidden layer saw %d samples, but there are %d"
              .formatted(layer.samples(), samples.count()));
    }
    if (!(hiddenRate >= 0.0 && outputRate >= 0.0 && Double.isFinite(hiddenRate + outputRate))) {
      throw new TheoryException(
          "rates must be at least 0 and finite, but are %s and %s"
              .formatted(hiddenRate, outputRate));
    }
    double scale = keepProbability * layer.scale() * layer.scale();
    return new TangentKernel(
        new TwoRateEntries(samples, layer, scale * hiddenRate, scale * outputRate));
  }

  /**
   * The limit of the two-rate kernel for a growing width: for each output by itself
   *
   * <pre>
   * hidden &lt;x_i, x_j&gt; E phi'(&lt;w, x_i&gt;) phi'(&lt;w, x_j&gt;) + output E phi(&lt;w, x_i&gt;) phi(&lt;w, x_j&gt;),   w ~ N(0, deviation^2 I),
   * </pre>
   *
   * in closed form for ReLU and by {@link DualActivation} otherwise.
   *
   * @param samples X
   * @param outputs c
   * @param activation phi
   * @param deviation standard deviation of a hidden weight
   * @param hidden xi m s^2 E[a^2] times the hidden layer's rate
   * @param output xi m s^2 times the output layer's rate
   * @param team who computes
   */
  public static TangentKernel infinite(
      Samples samples,
      int outputs,
      Activation activation,
      double deviation,
      double hidden,
      double output,
      Team team) {
    InfiniteLayers layers = new InfiniteLayers(samples, activation, deviation);
    double[] matrix = layers.form(hidden, output, team);
    return new TangentKernel(new FormedEntries(matrix, samples.count(), outputs));
  }

  private static TangentKernel of(
      Samples samples, Network network, Activations activations, long[] chosen, double factor) {
    if (network.activation().smooth()) {
      throw new TheoryException(
          "this kernel counts ReLU's gates, but the network's activation is %s: use the two-rate kernel"
              .formatted(network.activation()));
    }
    if (activations.samples() != samples.count() || activations.width() != network.width()) {
      throw new TheoryException(
          "the activations are those of %d samples and %d neurons, but the kernel has %d and %d"
              .formatted(
                  activations.samples(), activations.width(), samples.count(), network.width()));
    }
    if (!(factor > 0.0 && factor <= 1.0)) {
      throw new TheoryException(
          "keep probability xi must be above 0 and at most 1, but is " + factor);
    }
    Activations held = activations.held(chosen);
    int c = network.outputs();
    double[] weights = new double[held.width() * c];
    int to = 0;
    for (int r = 0; r < network.width(); r++) {
      if ((chosen[r / Long.SIZE] >>> (r % Long.SIZE) & 1L) != 0) {
        System.arraycopy(network.outputWeights(), r * c, weights, to, c);
        to += c;
      }
    }
    double scale = factor * network.scale() * network.scale();
    FeatureProduct product = new FeatureProduct(samples, held, weights, c, scale);
    if (!counted(weights)) {
      return new TangentKernel(new WeightedEntries(samples, held, c, weights, scale, product));
    }
    double size = weights.length == 0 ? 1.0 : Math.abs(weights[0]);
    long[] signs = signs(weights, held.width(), c);
    return new TangentKernel(
        new CountedEntries(samples, held, c, signs, scale * size * size, product));
  }

  /** Whether sums over neurons are counted: output weights all of one size, as +-1. */
  public static boolean counted(double[] outputWeights) {
    for (double weight : outputWeights) {
      if (Math.abs(weight) != Math.abs(outputWeights[0])) {
        return false;
      }
    }
    return true;
  }

  private static long[] signs(double[] weights, int width, int outputs) {
    int words = (width + Long.SIZE - 1) / Long.SIZE;
    long[] signs = new long[outputs * words];
    for (int r = 0; r < width; r++) {
      for (int o = 0; o < outputs; o++) {
        if (weights[r * outputs + o] < 0) {
          signs[o * words + r / Long.SIZE] |= 1L << (r % Long.SIZE);
        }
      }
    }
    return signs;
  }

  /** n. */
  public int samples() {
    return entries.samples();
  }

  /** c. */
  public int outputs() {
    return entries.outputs();
  }

  /** n c, rows and columns of the matrix. */
  public int order() {
    return Math.multiplyExact(samples(), outputs());
  }

  Entries entries() {
    return entries;
  }

  /** Bytes of a formed matrix of an order: 8 order^2. */
  public static long bytes(int order) {
    return 8L * order * order;
  }

  /**
   * The matrix, in a new array.
   *
   * @return n c x n c, row-major, both triangles
   * @throws TheoryException if its order is above {@link #LARGEST_FORMED}
   */
  public double[] form(Team team) {
    checkOrder();
    double[] matrix = new double[order() * order()];
    form(matrix, team);
    return matrix;
  }

  private void checkOrder() {
    if ((long) samples() * outputs() > LARGEST_FORMED) {
      throw new TheoryException(
          "a kernel of order %,d (%,d samples x %d outputs) has more entries than one array holds; the largest order is %,d: take fewer samples, write it to a file of tiles, or use products without forming it"
              .formatted((long) samples() * outputs(), samples(), outputs(), LARGEST_FORMED));
    }
  }

  /**
   * The matrix, in the caller's array: fresh memory costs as much as the kernel, so whoever forms
   * many should keep one.
   *
   * <p>n^2 d flops for the inner products and n^2 m / 128 word steps for the counts, each pair of
   * samples once, in tiles that stay in the cache.
   *
   * @param matrix receives n c x n c numbers, row-major, both triangles
   * @param team who computes
   */
  public void form(double[] matrix, Team team) {
    checkOrder();
    if (matrix.length != order() * order()) {
      throw new TheoryException(
          "a kernel of order %,d needs an array of %,d numbers, but got %,d"
              .formatted(order(), order() * order(), matrix.length));
    }
    MatrixSink sink = new MatrixSink(matrix, samples(), outputs());
    int columns = Tile.count(samples());
    Tile.Worker[] workers = new Tile.Worker[team.workers()];
    Arrays.setAll(workers, i -> entries.worker());
    // The last column has the most tiles and comes first, so that no worker is left with it.
    team.run(
        columns,
        (task, worker) -> {
          int column = columns - 1 - task;
          workers[worker].column(column);
          for (int row = 0; row <= column; row++) {
            workers[worker].row(row, sink);
          }
        });
  }

  /**
   * {@code K vector} without forming K: {@code 4 n m (d + c)} flops for a finite or masked kernel,
   * {@code n^2 (2 d + c)} and n^2 arc cosines for the infinite one.
   *
   * @param vector n c numbers, outputs first
   * @param image receives n c numbers; another array than vector
   * @param team who computes
   */
  @SuppressWarnings("ReferenceEquality") // two arrays, not two contents
  public void multiply(double[] vector, double[] image, Team team) {
    if (vector.length != order() || image.length != order() || vector == image) {
      throw new TheoryException(
          "a product needs two arrays of %,d numbers, but got %,d and %,d%s"
              .formatted(
                  order(), vector.length, image.length, vector == image ? ", the same one" : ""));
    }
    entries.multiply(vector, image, team);
  }
}
