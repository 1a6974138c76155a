package dev.shallot.golden;

import dev.shallot.mask.MaskSet;
import java.util.ArrayList;
import java.util.List;

/** Every mask set of a law on a few neurons, with its probability. */
record Enumeration(MaskSet masks, double probability) {

  /** All 2^(p m) sets of independent bits that are 1 with probability xi. */
  static List<Enumeration> bernoulli(int subnets, int width, double xi) {
    List<Enumeration> all = new ArrayList<>();
    int bits = subnets * width;
    for (int code = 0; code < 1 << bits; code++) {
      int ones = Integer.bitCount(code);
      int[][] rows = new int[subnets][];
      for (int l = 0; l < subnets; l++) {
        rows[l] = neurons(code >>> (l * width), width);
      }
      all.add(
          new Enumeration(
              MaskSet.of(width, rows), Math.pow(xi, ones) * Math.pow(1 - xi, bits - ones)));
    }
    return all;
  }

  private static int[] neurons(int code, int width) {
    int[] neurons = new int[Integer.bitCount(code & ((1 << width) - 1))];
    int count = 0;
    for (int r = 0; r < width; r++) {
      if ((code >>> r & 1) != 0) {
        neurons[count++] = r;
      }
    }
    return neurons;
  }

  /** All p^m assignments of an owner to each neuron. */
  static List<Enumeration> categorical(int subnets, int width) {
    List<MaskSet> sets = new ArrayList<>();
    for (int code = 0; code < Math.powExact(subnets, width); code++) {
      sets.add(owned(code, subnets, width));
    }
    return evenly(sets);
  }

  /** Those of {@link #categorical} in which every subnet holds m/p neurons. */
  static List<Enumeration> equalPartition(int subnets, int width) {
    List<MaskSet> sets = new ArrayList<>();
    for (int code = 0; code < Math.powExact(subnets, width); code++) {
      MaskSet set = owned(code, subnets, width);
      boolean equal = true;
      for (int l = 0; l < subnets; l++) {
        equal &= set.held(l) * subnets == width;
      }
      if (equal) {
        sets.add(set);
      }
    }
    return evenly(sets);
  }

  private static MaskSet owned(int code, int subnets, int width) {
    List<List<Integer>> rows = new ArrayList<>();
    for (int l = 0; l < subnets; l++) {
      rows.add(new ArrayList<>());
    }
    int rest = code;
    for (int r = 0; r < width; r++) {
      rows.get(rest % subnets).add(r);
      rest /= subnets;
    }
    int[][] owners =
        rows.stream()
            .map(row -> row.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    return MaskSet.of(width, owners);
  }

  private static List<Enumeration> evenly(List<MaskSet> sets) {
    return sets.stream().map(set -> new Enumeration(set, 1.0 / sets.size())).toList();
  }
}
