package dev.shallot.sweep;

import dev.shallot.run.RunException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A YAML 1.2 document whose every part knows where it stands. The one place that knows the YAML
 * library.
 */
sealed interface Yaml {
  /** Where, for messages: {@code spec.yaml, line 3, column 5}. */
  String where();

  /** What it is, for messages. */
  String what();

  /** A text, a number, a truth value, or nothing. */
  record Scalar(String text, boolean nothing, String where) implements Yaml {
    @Override
    public String what() {
      return nothing ? "nothing" : "\"" + text + "\"";
    }
  }

  /** A list. */
  record Items(List<Yaml> items, String where) implements Yaml {
    @Override
    public String what() {
      return "a list";
    }
  }

  /** Keys and values, in the document's order. */
  record Fields(Map<String, Field> fields, String where) implements Yaml {
    @Override
    public String what() {
      return "keys with values";
    }
  }

  /** A value and where its key stands. */
  record Field(Yaml value, String where) {}

  /**
   * Reads a document.
   *
   * @param name what to call it in messages
   * @throws RunException if it is no YAML, or has a key twice, with line and column
   */
  static Yaml read(String text, String name) {
    // Positions are those of the text as it is, so marks count code points from 0.
    LoadSettings settings = LoadSettings.builder().setLabel(name).build();
    try {
      Node root =
          new Compose(settings)
              .composeString(text)
              .orElseThrow(() -> new RunException("%s is empty.".formatted(name)));
      return of(root, name, 0);
    } catch (MarkedYamlEngineException e) {
      throw new RunException(
          "%s is not YAML: %s."
              .formatted(
                  e.getProblemMark().map(mark -> where(name, mark)).orElse(name), e.getProblem()),
          e);
    } catch (YamlEngineException e) {
      throw new RunException("%s is not YAML: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static Yaml of(Node node, String name, int depth) {
    String where = node.getStartMark().map(mark -> where(name, mark)).orElse(name);
    if (depth > 10) {
      throw new RunException("%s: too deep, or a part that holds itself.".formatted(where));
    }
    return switch (node) {
      case ScalarNode scalar ->
          new Scalar(scalar.getValue(), scalar.getTag().equals(Tag.NULL), where);
      case SequenceNode list -> {
        List<Yaml> items = new ArrayList<>();
        for (Node item : list.getValue()) {
          items.add(of(item, name, depth + 1));
        }
        yield new Items(items, where);
      }
      case MappingNode mapping -> fields(mapping, name, where, depth);
      default -> throw new RunException("%s: expected a value.".formatted(where));
    };
  }

  private static Yaml fields(MappingNode mapping, String name, String where, int depth) {
    Map<String, Field> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String keyWhere =
          tuple.getKeyNode().getStartMark().map(mark -> where(name, mark)).orElse(where);
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new RunException("%s: a key is a word.".formatted(keyWhere));
      }
      Yaml value = of(tuple.getValueNode(), name, depth + 1);
      Field before = fields.put(key.getValue(), new Field(value, keyWhere));
      if (before != null) {
        throw new RunException(
            "%s: the key \"%s\" is there already, at %s."
                .formatted(keyWhere, key.getValue(), before.where()));
      }
    }
    return new Fields(fields, where);
  }

  private static String where(String name, Mark mark) {
    return "%s, line %d, column %d".formatted(name, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
