package dev.shallot.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder that is shown, and what lies below it. A path that a request names is made of plain
 * folder names; and wherever symbolic links lead, the file that is read lies below the folder.
 */
final class Place {
  /** What is read of a folder. */
  private static final List<String> FILES =
      List.of("run.json", "events.jsonl", "theory.json", "sweep.json", "cells.jsonl");

  private final Path root;

  Place(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  Path root() {
    return root;
  }

  /**
   * The folder of a request's path.
   *
   * @param path names with / between them; empty for the folder itself
   * @throws Refusal if it is no such path, leads outside, or is not there
   */
  Path folder(String path) throws Refusal {
    if (!path.isEmpty()) {
      for (String name : path.split("/", -1)) {
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\\') >= 0) {
          throw new Refusal(400, "a path is made of folder names with / between them");
        }
      }
    }
    try {
      Path folder = root.resolve(path).normalize();
      if (!folder.startsWith(root) || !Files.isDirectory(folder) || !inside(folder)) {
        throw Refusal.notFound("there is no such folder");
      }
      for (String name : FILES) {
        Path file = folder.resolve(name);
        if (Files.exists(file) && !(inside(file) && Files.isRegularFile(file))) {
          throw Refusal.notFound(name + " of this folder is a link that leads outside");
        }
      }
      return folder;
    } catch (InvalidPathException | IOException e) {
      throw Refusal.notFound("there is no such folder");
    }
  }

  private boolean inside(Path path) throws IOException {
    return path.toRealPath().startsWith(root.toRealPath());
  }

  /** The path by which requests name a folder. */
  String name(Path folder) {
    List<String> names = new ArrayList<>();
    root.relativize(folder).forEach(name -> names.add(name.toString()));
    return String.join("/", names);
  }
}
