package dev.shallot.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of an NPY array (NumPy's "NEP 1"): a magic number, a version, a length, and a Python
 * dictionary of the number type, the order and the shape.
 *
 * @param type the number type as NumPy spells it, such as {@code <f8}
 * @param fortranOrder whether the first axis runs fastest
 * @param shape length of each axis
 */
record NpyHeader(String type, boolean fortranOrder, int[] shape) {
  /** The bytes every array begins with. */
  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  private static final int ALIGNMENT = 64;
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\sL]*)\\)");

  /**
   * Reads the dictionary.
   *
   * @throws IllegalArgumentException with the cause, as the end of a sentence
   */
  static NpyHeader parse(String dictionary) {
    Matcher order = ORDER.matcher(dictionary);
    Matcher shape = SHAPE.matcher(dictionary);
    Matcher type = TYPE.matcher(dictionary);
    if (!order.find() || !shape.find()) {
      throw new IllegalArgumentException("its header cannot be read: " + dictionary.strip());
    }
    if (!type.find()) {
      throw new IllegalArgumentException("it holds records; only arrays of numbers are read");
    }
    List<Integer> axes = new ArrayList<>();
    for (String axis : shape.group(1).replace("L", "").split(",", -1)) {
      if (!axis.isBlank()) {
        axes.add(axisLength(axis.strip()));
      }
    }
    return new NpyHeader(
        type.group(1),
        order.group(1).equals("True"),
        axes.stream().mapToInt(Integer::intValue).toArray());
  }

  private static int axisLength(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "an axis of " + text + " is longer than this program can hold (2^31 numbers)", e);
    }
  }

  /** How many numbers the array has. */
  long size() {
    long size = 1;
    for (int axis : shape) {
      size = Math.multiplyExact(size, (long) axis);
    }
    return size;
  }

  /** Magic number, version 1.0, length and dictionary, padded to a multiple of 64 bytes. */
  byte[] toBytes() {
    StringBuilder axes = new StringBuilder();
    for (int axis : shape) {
      axes.append(axis).append(", ");
    }
    // Python's tuples: () for none, (3,) for one, (3, 4) for more.
    String tuple =
        switch (shape.length) {
          case 0 -> "()";
          case 1 -> "(" + shape[0] + ",)";
          default -> "(" + axes.substring(0, axes.length() - 2) + ")";
        };
    String dictionary =
        "{'descr': '"
            + type
            + "', 'fortran_order': "
            + (fortranOrder ? "True" : "False")
            + ", 'shape': "
            + tuple
            + ", }";
    int prefix = MAGIC.length + 4;
    int unpadded = prefix + dictionary.length() + 1;
    int total = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] bytes = new byte[total];
    Arrays.fill(bytes, (byte) ' ');
    System.arraycopy(MAGIC, 0, bytes, 0, MAGIC.length);
    bytes[MAGIC.length] = 1;
    bytes[MAGIC.length + 1] = 0;
    int length = total - prefix;
    bytes[MAGIC.length + 2] = (byte) length;
    bytes[MAGIC.length + 3] = (byte) (length >>> 8);
    byte[] text = dictionary.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, bytes, prefix, text.length);
    bytes[total - 1] = '\n';
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NpyHeader that
        && type.equals(that.type)
        && fortranOrder == that.fortranOrder
        && Arrays.equals(shape, that.shape);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * type.hashCode() + Boolean.hashCode(fortranOrder)) + Arrays.hashCode(shape);
  }
}
