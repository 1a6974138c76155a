package dev.shallot.bench;

import dev.shallot.engine.WorkerPool;
import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import dev.shallot.spectrum.Cholesky;
import dev.shallot.spectrum.Eigenvalues;
import java.util.concurrent.TimeUnit;
import org.bytedeco.openblas.global.openblas;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * All eigenvalues, and Cholesky's factorisation, of the infinite tangent kernel of random unit rows
 * with 64 features. Ours computes eigenvalues by ojAlgo, so it stands for that library; Smile is no
 * rival of its own, as it calls OpenBLAS. Copying the matrix is part of the work for all.
 *
 * <p>Every solver has as many threads as {@code threads} says, where it can use them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 5)
@Fork(1)
public class EigenvaluesBenchmark {
  private static final int FEATURES = 64;

  @Param({"100", "300", "1000", "2000"})
  private int size = 100;

  @Param({"SHALLOT", "EJML", "OPENBLAS"})
  private String solver = "SHALLOT";

  @Param({"1", "2"})
  private int threads = 1;

  private double[] kernel = new double[0];
  private WorkerPool pool = new WorkerPool(1);

  /** Makes the matrix. */
  @Setup
  public void open() {
    pool = new WorkerPool(threads);
    openblas.blas_set_num_threads(threads);
    kernel = kernel(size);
  }

  /** Lets go of the threads. */
  @TearDown
  public void close() {
    pool.close();
  }

  /** All eigenvalues. */
  @Benchmark
  public Object values() {
    return switch (solver) {
      case "SHALLOT" -> Eigenvalues.of(kernel, size);
      case "EJML" -> ejml(false);
      default -> lapack('N');
    };
  }

  /** All eigenvalues and eigenvectors. */
  @Benchmark
  public Object vectors() {
    return switch (solver) {
      case "SHALLOT" -> Eigenvalues.withVectors(kernel, size);
      case "EJML" -> ejml(true);
      default -> lapack('V');
    };
  }

  /** The factorisation A = L L^T. */
  @Benchmark
  public Object cholesky() {
    switch (solver) {
      case "SHALLOT":
        return Cholesky.factor(kernel, size, pool);
      case "EJML":
        DMatrixRMaj matrix = DMatrixRMaj.wrap(size, size, kernel.clone());
        require(DecompositionFactory_DDRM.chol(size, true).decompose(matrix));
        return matrix;
      default:
        double[] factor = kernel.clone();
        int code =
            openblas.LAPACKE_dpotrf(openblas.LAPACK_COL_MAJOR, (byte) 'U', size, factor, size);
        require(code == 0);
        return factor;
    }
  }

  private Object ejml(boolean vectors) {
    EigenDecomposition_F64<DMatrixRMaj> solution =
        DecompositionFactory_DDRM.eig(size, vectors, true);
    require(solution.decompose(DMatrixRMaj.wrap(size, size, kernel.clone())));
    return solution;
  }

  private double[] lapack(char job) {
    double[] values = new double[size];
    int code =
        openblas.LAPACKE_dsyevd(
            openblas.LAPACK_COL_MAJOR, (byte) job, (byte) 'U', size, kernel.clone(), size, values);
    require(code == 0);
    return values;
  }

  private static void require(boolean done) {
    if (!done) {
      throw new IllegalStateException("the solver gave up");
    }
  }

  private static double[] kernel(int n) {
    CounterRandom random = new CounterRandom(0, RandomStream.SYNTHETIC_FEATURES);
    double[] x = new double[n * FEATURES];
    for (int i = 0; i < n; i++) {
      double norm = 0.0;
      for (int k = i * FEATURES; k < (i + 1) * FEATURES; k++) {
        x[k] = random.gaussian(k);
        norm += x[k] * x[k];
      }
      for (int k = i * FEATURES; k < (i + 1) * FEATURES; k++) {
        x[k] /= Math.sqrt(norm);
      }
    }
    double[] kernel = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double rho = 0.0;
        for (int k = 0; k < FEATURES; k++) {
          rho += x[i * FEATURES + k] * x[j * FEATURES + k];
        }
        rho = i == j ? 1.0 : Math.clamp(rho, -1.0, 1.0);
        kernel[i * n + j] = rho * (Math.PI - Math.acos(rho)) / (2.0 * Math.PI);
        kernel[j * n + i] = kernel[i * n + j];
      }
    }
    return kernel;
  }
}
