package dev.shallot.engine.dense;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.Simd;
import org.junit.jupiter.api.Test;

class TreeSumTest {

  @Test
  void addsInTheOrderOfTheTreeOfBlocks() {
    Kernels<float[]> kernels = Simd.float32();
    int size = kernels.pad(3);
    for (int count = 1; count <= 40; count++) {
      float[] all = kernels.allocate(count * size);
      TreeSum<float[]> sum = new TreeSum<>(kernels, size);
      for (int i = 0; i < count; i++) {
        float[] one = kernels.allocate(size);
        for (int j = 0; j < 3; j++) {
          // Of very different sizes, so that each order gives other last bits.
          one[j] = (float) (Math.sin(7 * i + j) * Math.pow(10, (5 * i + j) % 9));
          all[i * size + j] = one[j];
        }
        sum.add(one);
      }
      float[] expected = kernels.allocate(size);
      Blocks.addUpTree(kernels, count, all, size, expected);
      assertArrayEquals(expected, sum.total());
    }
  }
}
