package dev.shallot.reproduce;

import dev.shallot.run.Json;
import dev.shallot.run.RunException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A figure's resource folder: {@code setup.md} (what it shows, what is known, what is our choice),
 * {@code config.json} (plans, axes, data, sizes), {@code expected.json} (predicates with ranges).
 *
 * @param id PAPER/FIGURE
 * @param title of the figure
 * @param line what it shows, for a list
 * @param text setup.md
 * @param config config.json
 * @param expected expected.json
 */
record Setup(String id, String title, String line, String text, Tree config, Expected expected) {
  /** How much of a figure is run. */
  enum Size {
    QUICK,
    FULL;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Reads the folder of a figure. */
  static Setup read(String id) {
    Tree config = new Tree(Json.readObject(resource(id, "config.json"), id), id + "/config.json");
    Tree expected =
        new Tree(Json.readObject(resource(id, "expected.json"), id), id + "/expected.json");
    return new Setup(
        id,
        config.text("title"),
        config.text("line"),
        resource(id, "setup.md"),
        config,
        Expected.of(expected));
  }

  private static String resource(String id, String name) {
    return resource(id + "/" + name);
  }

  /** A text of this package's resources. */
  static String resource(String name) {
    try (InputStream in = Setup.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new RunException("this build of Shallot lacks " + name + "; build it again");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new RunException("cannot read " + name + " of this build: " + e.getMessage(), e);
    }
  }

  /** What a size changes, in words. */
  String told(Size size) {
    return config.objectOrNone(size.word()).text("told", "");
  }

  /** A setting of the figure that a size may change. */
  double number(Size size, String key) {
    Tree changed = config.objectOrNone(size.word());
    return changed.has(key) ? changed.number(key) : config.number(key);
  }

  /** A list of numbers of the figure that a size may change. */
  List<Integer> wholes(Size size, String key) {
    Tree changed = config.objectOrNone(size.word());
    List<Integer> wholes = new ArrayList<>();
    for (Object value : changed.has(key) ? changed.list(key) : config.list(key)) {
      wholes.add(((Number) value).intValue());
    }
    return wholes;
  }

  /** The parts at a size. */
  List<Part> parts(Size size) {
    Tree changed = config.objectOrNone(size.word());
    List<Part> parts = new ArrayList<>();
    for (Tree part : config.objects("parts")) {
      Map<String, Object> data = new LinkedHashMap<>(config.objectOrNone("data").values());
      data.putAll(part.objectOrNone("data").values());
      data.putAll(changed.objectOrNone("data").values());
      Map<String, String> plan = new LinkedHashMap<>(config.objectOrNone("plan").texts());
      plan.putAll(part.objectOrNone("plan").texts());
      plan.putAll(changed.objectOrNone("plan").texts());
      parts.add(Part.of(part, new Tree(data, id + ": data"), plan, changed.objectOrNone("axes")));
    }
    return parts;
  }
}
