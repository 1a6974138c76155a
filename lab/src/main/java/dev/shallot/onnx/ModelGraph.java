package dev.shallot.onnx;

import dev.shallot.data.InputColumn;
import dev.shallot.data.Preprocessing;
import dev.shallot.data.Scaling;
import dev.shallot.network.Network;
import dev.shallot.plan.Precision;
import dev.shallot.run.Model;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The nodes of one model's graph. Inside the graph numeric columns come first and text columns
 * after them, whatever their order in the table, so the hidden weights' columns are put into that
 * order as well.
 */
final class ModelGraph {
  private static final String FEATURES = "features";
  private static final String PREDICTION = "prediction";
  private static final String PROBABILITIES = "probabilities";
  private static final String LABEL = "label";

  private final Graph graph;
  private final Preprocessing preprocessing;
  private final Network network;
  private final double factor;
  private final Graph.Type type;
  private final List<OnnxPort> inputs = new ArrayList<>();

  /** Encoded features in the graph's order, by their place in the model's. */
  private final int[] order;

  ModelGraph(Graph graph, Model model, Precision precision) {
    this.graph = graph;
    this.preprocessing = model.preprocessing();
    this.network = model.network();
    this.factor = model.factor();
    this.type = precision == Precision.FLOAT64 ? Graph.Type.FLOAT64 : Graph.Type.FLOAT32;
    this.order = order(preprocessing.inputs(), preprocessing.scaling().columns());
  }

  private static int[] order(List<InputColumn> columns, int encoded) {
    int[] order = new int[encoded];
    int at = 0;
    for (boolean numeric : new boolean[] {true, false}) {
      int place = 0;
      for (InputColumn column : columns) {
        for (int j = 0; j < column.width(); j++) {
          if (column.numeric() == numeric) {
            order[at++] = place;
          }
          place++;
        }
      }
    }
    return order;
  }

  List<OnnxPort> inputs() {
    return inputs;
  }

  /** Adds all nodes; the outputs. */
  List<OnnxPort> build() {
    String encoded = encoded();
    String x = assembled(encoded);
    String guard = guard(x);
    double[] offsets = preprocessing.labelScaling().offsets();
    String centre = graph.constant(Graph.Type.FLOAT64, offsets, 1, offsets.length);
    String answers = graph.node("Add", network(x), centre);
    return preprocessing.classes().isEmpty() ? numbers(answers, guard) : classes(answers, guard);
  }

  private List<OnnxPort> numbers(String answers, String guard) {
    List<String> targets = preprocessing.targetNames();
    graph.name(asType(graph.node("Add", answers, guard)), PREDICTION);
    graph.output(
        PREDICTION, type, targets.size(), "in the order of: " + String.join(", ", targets));
    return List.of(new OnnxPort(PREDICTION, type.word(), targets));
  }

  /**
   * The classes' shares, and the class with the largest; for a row with a wrong number no class.
   */
  private List<OnnxPort> classes(String answers, String guard) {
    List<String> classes = preprocessing.classes();
    String shares = graph.node("Softmax", Map.of("axis", 1L), graph.node("Add", answers, guard));
    graph.name(asType(shares), PROBABILITIES);
    graph.output(
        PROBABILITIES, type, classes.size(), "in the order of: " + String.join(", ", classes));
    String largest = graph.node("ArgMax", Map.of("axis", 1L, "keepdims", 1L), answers);
    String none = graph.constant(Graph.Type.INT64, new double[] {classes.size()}, 1, 1);
    String place = graph.node("Where", graph.node("IsNaN", guard), none, largest);
    List<String> names = new ArrayList<>(classes);
    names.add("");
    graph.name(graph.node("Gather", graph.texts(names), place), LABEL);
    graph.output(LABEL, Graph.Type.STRING, 1, "the class with the largest probability");
    return List.of(
        new OnnxPort(LABEL, Graph.Type.STRING.word(), preprocessing.targetNames()),
        new OnnxPort(PROBABILITIES, type.word(), classes));
  }

  /** The encoded columns, float64, missing cells filled. */
  private String encoded() {
    List<InputColumn> numeric =
        preprocessing.inputs().stream().filter(InputColumn::numeric).toList();
    List<InputColumn> texts =
        preprocessing.inputs().stream().filter(column -> !column.numeric()).toList();
    List<String> parts = new ArrayList<>();
    if (!numeric.isEmpty()) {
      parts.add(numbers(numeric));
    }
    Set<String> taken = new HashSet<>(Set.of(FEATURES, PREDICTION, PROBABILITIES, LABEL));
    for (InputColumn column : texts) {
      String name = column.name();
      while (!taken.add(name)) {
        name += "_text";
      }
      parts.add(oneHot(column, name));
    }
    return parts.size() == 1
        ? parts.getFirst()
        : graph.node("Concat", Map.of("axis", 1L), parts.toArray(String[]::new));
  }

  private String numbers(List<InputColumn> columns) {
    List<String> names = columns.stream().map(InputColumn::name).toList();
    inputs.add(new OnnxPort(FEATURES, type.word(), names));
    String given =
        graph.input(FEATURES, type, columns.size(), "in the order of: " + String.join(", ", names));
    String wide = asDouble(given);
    boolean filled = columns.stream().anyMatch(column -> column.fill().length > 0);
    if (!filled) {
      return wide;
    }
    double[] fill = new double[columns.size()];
    for (int j = 0; j < fill.length; j++) {
      double[] value = columns.get(j).fill();
      fill[j] = value.length > 0 ? value[0] : Double.NaN;
    }
    String values = graph.constant(Graph.Type.FLOAT64, fill, 1, fill.length);
    return graph.node("Where", graph.node("IsNaN", wide), values, wide);
  }

  /**
   * One column of texts. A missing cell is an empty text: one level more, whose row of the matrix
   * that follows is the fill value; without one the runtime refuses it as it does any new text.
   */
  private String oneHot(InputColumn column, String name) {
    inputs.add(new OnnxPort(name, Graph.Type.STRING.word(), List.of(column.name())));
    String given =
        graph.input(name, Graph.Type.STRING, 1, "one of: " + String.join(", ", column.levels()));
    List<String> levels = new ArrayList<>(column.levels());
    int width = levels.size();
    boolean filled = column.fill().length > 0;
    if (filled) {
      levels.add("");
    }
    String hot =
        graph.learningNode("OneHotEncoder", Map.of("cats_strings", levels, "zeros", 0L), given);
    String shape = graph.constant(Graph.Type.INT64, new double[] {-1, levels.size()}, 2);
    String flat =
        graph.node("Cast", Graph.to(Graph.Type.FLOAT64), graph.node("Reshape", hot, shape));
    if (!filled) {
      return flat;
    }
    double[] matrix = new double[(width + 1) * width];
    for (int j = 0; j < width; j++) {
      matrix[j * width + j] = 1.0;
    }
    System.arraycopy(column.fill(), 0, matrix, width * width, width);
    return graph.node("MatMul", flat, graph.constant(Graph.Type.FLOAT64, matrix, width + 1, width));
  }

  /** X: scaled, with the constant feature, as unit rows; float64. */
  private String assembled(String encoded) {
    Scaling scaling = preprocessing.scaling();
    double[] offsets = new double[order.length];
    double[] factors = new double[order.length];
    for (int j = 0; j < order.length; j++) {
      offsets[j] = scaling.offsets()[order[j]];
      factors[j] = scaling.factors()[order[j]];
    }
    String x = encoded;
    if (!scaling.equals(Scaling.identity(order.length))) {
      x = graph.node("Sub", x, graph.constant(Graph.Type.FLOAT64, offsets, 1, offsets.length));
      x = graph.node("Div", x, graph.constant(Graph.Type.FLOAT64, factors, 1, factors.length));
    }
    if (preprocessing.bias()) {
      String behind = graph.constant(Graph.Type.INT64, new double[] {0, 0, 0, 1}, 4);
      String one = graph.constant(Graph.Type.FLOAT64, new double[] {1.0});
      x = graph.node("Pad", x, behind, one);
    }
    if (preprocessing.unitRows()) {
      x = graph.node("Div", x, graph.node("Sqrt", rowSum(graph.node("Mul", x, x))));
    }
    return x;
  }

  private String rowSum(String x) {
    String axis = graph.constant(Graph.Type.INT64, new double[] {1}, 1);
    return graph.node("ReduceSum", Map.of("keepdims", 1L), x, axis);
  }

  /**
   * 0 for a row of finite numbers, otherwise NaN: max(z, 0) may lose a NaN on its way. The sum of
   * absolute values, since infinities of both signs and a zero norm give NaN or infinity too.
   */
  private String guard(String x) {
    String zero = graph.constant(Graph.Type.FLOAT64, new double[] {0.0});
    return graph.node("Mul", rowSum(graph.node("Abs", x)), zero);
  }

  /**
   * The network's answers in label units, but for the labels' offset; float64. Scale, factor and
   * the labels' factor are part of the output weights: a multiplication after the product would be
   * fused into it by ONNX Runtime, as a float32.
   */
  private String network(String x) {
    int d = network.features();
    int m = network.width();
    double[] hidden = new double[m * d];
    for (int r = 0; r < m; r++) {
      for (int j = 0; j < order.length; j++) {
        hidden[r * d + j] = network.hiddenWeights()[r * d + order[j]];
      }
      if (preprocessing.bias()) {
        hidden[r * d + d - 1] = network.hiddenWeights()[r * d + d - 1];
      }
    }
    String weights = graph.constant(type, hidden, m, d);
    String z = graph.node("Gemm", Map.of("transB", 1L), asType(x), weights);
    double[] factors = preprocessing.labelScaling().factors();
    double whole = factor * network.scale();
    double[] output = network.outputWeights().clone();
    for (int i = 0; i < output.length; i++) {
      output[i] *= whole * factors[i % factors.length];
    }
    String weighted = graph.constant(type, output, m, network.outputs());
    return asDouble(graph.node("MatMul", activated(z), weighted));
  }

  private String activated(String z) {
    return switch (network.activation()) {
      case RELU -> graph.node("Relu", z);
      case SOFTPLUS -> type == Graph.Type.FLOAT32 ? graph.node("Softplus", z) : softplus(z);
      case TANH -> graph.node("Tanh", z);
      case GELU -> {
        // z (1 + erf(z / sqrt 2)) / 2
        String part = graph.node("Mul", z, number(1.0 / StrictMath.sqrt(2.0)));
        String erf =
            type == Graph.Type.FLOAT32
                ? graph.node("Erf", part)
                : cast(graph.node("Erf", cast(part, Graph.Type.FLOAT32)), Graph.Type.FLOAT64);
        String below = graph.node("Mul", graph.node("Add", erf, number(1.0)), number(0.5));
        yield graph.node("Mul", z, below);
      }
    };
  }

  /** max(z, 0) + log(1 + exp(-|z|)); runtimes know the operator in float32 only. */
  private String softplus(String z) {
    String small = graph.node("Exp", graph.node("Neg", graph.node("Abs", z)));
    String log = graph.node("Log", graph.node("Add", small, number(1.0)));
    return graph.node("Add", graph.node("Relu", z), log);
  }

  private String number(double value) {
    return graph.constant(type, new double[] {value});
  }

  private String asDouble(String value) {
    return type == Graph.Type.FLOAT64 ? value : cast(value, Graph.Type.FLOAT64);
  }

  private String asType(String value) {
    return type == Graph.Type.FLOAT64 ? value : cast(value, type);
  }

  private String cast(String value, Graph.Type to) {
    return graph.node("Cast", Graph.to(to), value);
  }
}
