package dev.shallot.bench.machine;

import java.util.List;

/**
 * A matrix product C = A B that training asks for.
 *
 * @param label what for
 * @param rows of A and C
 * @param inner columns of A, rows of B
 * @param columns of B and C
 * @param sampleSpace whether it is sample space's z += K s
 */
record Product(String label, int rows, int inner, int columns, boolean sampleSpace) {

  static final List<Product> ALL =
      List.of(
          new Product("shape A forward", 2000, 122, 100, false),
          new Product("shape A backward", 2000, 100, 122, false),
          new Product("shape B forward", 250, 2048, 1000, false),
          new Product("shape B backward", 250, 1000, 2048, false),
          new Product("shape B sample space", 1000, 1000, 250, true),
          new Product("batch 64 and d = 32", 1024, 32, 64, false),
          new Product("batch 64 and d = 64", 1024, 64, 64, false),
          new Product("batch 64 and d = 128", 1024, 128, 64, false),
          new Product("square", 1024, 1024, 1024, false));

  double flops() {
    return 2.0 * rows * inner * columns;
  }
}
