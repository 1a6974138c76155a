package dev.shallot.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import org.junit.jupiter.api.Test;

class CholeskyTest {
  /** A diagonal 1 .. size, turned by random rotations: its eigenvalues are known. */
  private static double[] turned(int size) {
    CounterRandom random = new CounterRandom(size, RandomStream.PROBES);
    double[] matrix = new double[size * size];
    for (int i = 0; i < size; i++) {
      matrix[i * size + i] = i + 1;
    }
    for (int turn = 0; turn < 4 * size; turn++) {
      int p = random.below(size, 3L * turn);
      int q = (p + 1 + random.below(size - 1, 3L * turn + 1)) % size;
      double angle = random.uniform(3L * turn + 2) * 6;
      turn(matrix, size, p, q, Math.cos(angle), Math.sin(angle));
    }
    return matrix;
  }

  private static void turn(double[] matrix, int size, int p, int q, double cos, double sin) {
    for (int i = 0; i < size; i++) {
      double a = matrix[i * size + p];
      double b = matrix[i * size + q];
      matrix[i * size + p] = cos * a - sin * b;
      matrix[i * size + q] = sin * a + cos * b;
    }
    for (int i = 0; i < size; i++) {
      double a = matrix[p * size + i];
      double b = matrix[q * size + i];
      matrix[p * size + i] = cos * a - sin * b;
      matrix[q * size + i] = sin * a + cos * b;
    }
  }

  @Test
  void aShiftIsAcceptedExactlyWhenItIsBelowTheSmallestEigenvalue() {
    for (int size = 2; size < 14; size++) {
      double[] matrix = turned(size);
      assertEquals(size * size, Cholesky.factorise(matrix, size, 0.999).length);
      assertEquals(0, Cholesky.factorise(matrix, size, 1.001).length);
    }
  }

  @Test
  void whatIsSolvedFitsTheMatrix() {
    for (int size = 2; size < 14; size++) {
      double[] matrix = turned(size);
      double[] right = new double[size + 1];
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          right[i + 1] += matrix[i * size + j] * (j + 1);
        }
      }
      Cholesky.solve(Cholesky.factorise(matrix, size, 0.0), size, right, 1);
      for (int i = 0; i < size; i++) {
        assertEquals(i + 1, right[i + 1], 1e-11);
      }
    }
  }

  @Test
  void bottomEigenvectorsBelongToTheSmallestEigenvaluesInOrder() {
    int size = 40;
    double[] matrix = turned(size);
    double[] vectors = new BottomEigenvectors(matrix, size).find(3);
    for (int k = 0; k < 3; k++) {
      for (int i = 0; i < size; i++) {
        double image = 0;
        for (int j = 0; j < size; j++) {
          image += matrix[i * size + j] * vectors[k * size + j];
        }
        assertEquals((k + 1) * vectors[k * size + i], image, 1e-9);
      }
    }
    assertTrue(new BottomEigenvectors(new double[] {3}, 1).find(1)[0] != 0);
  }

  @Test
  void jacobiGivesEigenvectorsInAscendingOrder() {
    double[] vectors = JacobiEigenvalues.vectors(new double[] {2, 1, 1, 2}, 2);
    double half = Math.sqrt(0.5);
    double sign = Math.signum(vectors[0]);
    assertArrayEquals(
        new double[] {sign * half, -sign * half}, new double[] {vectors[0], vectors[1]}, 1e-15);
    assertEquals(vectors[2], vectors[3], 1e-15);
  }
}
