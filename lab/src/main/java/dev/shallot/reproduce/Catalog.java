package dev.shallot.reproduce;

import dev.shallot.run.RunException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** The figures that can be reproduced, in the papers' order. */
public final class Catalog {
  private static final SequencedMap<String, Figure> FIGURES = new LinkedHashMap<>();

  static {
    FIGURES.put("masked-neurons/fig2a", new TraceFigure());
    FIGURES.put("masked-neurons/fig2b", new HeatFigure());
    FIGURES.put("masked-neurons/fig2c", new CategoricalFigure());
    FIGURES.put("masked-neurons-tmlr/fig2a", new DynamicsFigure());
    FIGURES.put("masked-neurons-tmlr/fig2b", new HeatFigure());
    FIGURES.put("masked-neurons-tmlr/fig2c", new PlateauFigure());
    FIGURES.put("masked-neurons-tmlr/fig2d", new DynamicsFigure());
    FIGURES.put("two-rates/rz1", new PhaseDiagram());
    FIGURES.put("two-rates/rz2", new RateRatio());
    FIGURES.put("two-rates/rz3", new MovementFigure());
    FIGURES.put("two-rates/rz4", new LabelsFigure());
    FIGURES.put("two-rates/rz5", new LateRate());
    FIGURES.put("subquadratic/fig1", new TeacherFigure());
    FIGURES.put("subquadratic/width", new LeastWidthFigure());
    FIGURES.put("ist/wider-is-better", new WiderFigure());
  }

  private Catalog() {}

  /** The names, each with one line about it. */
  public static Map<String, String> lines() {
    Map<String, String> lines = new LinkedHashMap<>();
    FIGURES.keySet().forEach(id -> lines.put(id, Setup.read(id).line()));
    return lines;
  }

  /** All names. */
  public static List<String> names() {
    return new ArrayList<>(FIGURES.keySet());
  }

  static Figure of(String id) {
    Figure figure = FIGURES.get(id);
    if (figure == null) {
      throw new RunException(
          "no figure is called \"%s\"; there are: %s.".formatted(id, String.join(", ", names())));
    }
    return figure;
  }
}
