package dev.shallot.bench.machine;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.LaneKernels;
import dev.shallot.numeric.Simd;
import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/** Everybody's matrix products, on one thread. */
enum Multipliers {
  /** Ours, the right-hand side packed beforehand as in training, where X never changes. */
  OURS_F32 {
    @Override
    Multiplier of(Product product, double[] a, double[] b) {
      return product.sampleSpace()
          ? lanes(product, a, b)
          : new Ours<>(Simd.float32(), product, a, b, false);
    }
  },
  /** The same, packing included, as BLAS has to. */
  OURS_F32_PACKING {
    @Override
    Multiplier of(Product product, double[] a, double[] b) {
      return new Ours<>(Simd.float32(), product, a, b, true);
    }
  },
  OPENBLAS_F32 {
    @Override
    Multiplier of(Product product, double[] a, double[] b) {
      int m = product.rows();
      int k = product.inner();
      int n = product.columns();
      FloatPointer left = new FloatPointer(floats(a));
      FloatPointer right = new FloatPointer(floats(b));
      FloatPointer out = new FloatPointer((long) m * n);
      return new Multiplier() {
        @Override
        public void multiply() {
          openblas.cblas_sgemm(
              openblas.CblasRowMajor,
              openblas.CblasNoTrans,
              openblas.CblasNoTrans,
              m,
              n,
              k,
              1f,
              left,
              k,
              right,
              n,
              0f,
              out,
              n);
        }

        @Override
        public double entry(int row, int column) {
          return out.get((long) row * n + column);
        }
      };
    }
  },
  LIBTORCH_F32 {
    @Override
    Multiplier of(Product product, double[] a, double[] b) {
      System.setProperty("ai.djl.offline", "true");
      System.setProperty("ai.djl.pytorch.num_threads", "1");
      NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
      NDArray left = manager.create(floats(a), new Shape(product.rows(), product.inner()));
      NDArray right = manager.create(floats(b), new Shape(product.inner(), product.columns()));
      return new Multiplier() {
        @Override
        public void multiply() {
          left.matMul(right).close();
        }

        @Override
        public double entry(int row, int column) {
          try (NDArray out = left.matMul(right)) {
            return out.getFloat(row, column);
          }
        }
      };
    }
  },
  OURS_F64 {
    @Override
    Multiplier of(Product product, double[] a, double[] b) {
      return new Ours<>(Simd.float64(), product, a, b, false);
    }
  },
  OPENBLAS_F64 {
    @Override
    Multiplier of(Product product, double[] a, double[] b) {
      int m = product.rows();
      int k = product.inner();
      int n = product.columns();
      DoublePointer left = new DoublePointer(a);
      DoublePointer right = new DoublePointer(b);
      DoublePointer out = new DoublePointer((long) m * n);
      return new Multiplier() {
        @Override
        public void multiply() {
          openblas.cblas_dgemm(
              openblas.CblasRowMajor,
              openblas.CblasNoTrans,
              openblas.CblasNoTrans,
              m,
              n,
              k,
              1.0,
              left,
              k,
              right,
              n,
              0.0,
              out,
              n);
        }

        @Override
        public double entry(int row, int column) {
          return out.get((long) row * n + column);
        }
      };
    }
  };

  /** Sets up A B; a and b are row-major. */
  abstract Multiplier of(Product product, double[] a, double[] b);

  private static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  /** Our product of rows with a packed matrix. */
  private static final class Ours<A> implements Multiplier {
    private final Kernels<A> kernels;
    private final Product product;
    private final int rows;
    private final int leftStride;
    private final int rightStride;
    private final int outStride;
    private final A left;
    private final A right;
    private final A packed;
    private final A out;
    private final int[] index;
    private final boolean packing;

    Ours(Kernels<A> kernels, Product product, double[] a, double[] b, boolean packing) {
      this.kernels = kernels;
      this.product = product;
      this.packing = packing;
      int k = product.inner();
      int n = product.columns();
      this.rows = (product.rows() + Kernels.ROWS - 1) / Kernels.ROWS * Kernels.ROWS;
      this.leftStride = kernels.pad(k);
      this.rightStride = kernels.pad(n);
      this.outStride = rightStride;
      this.left = kernels.allocate(rows * leftStride);
      this.right = kernels.allocate(k * rightStride);
      this.packed = kernels.allocate(kernels.packedLength(k, n));
      this.out = kernels.allocate(rows * outStride);
      this.index = new int[k];
      Arrays.setAll(index, i -> i);
      for (int r = 0; r < product.rows(); r++) {
        kernels.load(a, r * k, left, r * leftStride, k);
      }
      for (int r = 0; r < k; r++) {
        kernels.load(b, r * n, right, r * rightStride, n);
      }
      pack();
    }

    private void pack() {
      kernels.packRows(right, rightStride, index, product.inner(), product.columns(), packed);
    }

    @Override
    public void multiply() {
      if (packing) {
        pack();
      }
      kernels.multiply(
          rows, product.inner(), product.columns(), left, 0, leftStride, packed, out, 0, outStride);
    }

    @Override
    public double entry(int row, int column) {
      double[] one = new double[1];
      kernels.store(out, row * outStride + column, one, 0, 1);
      return one[0];
    }
  }

  /** Ours in sample space: K (samples x samples) with blocks of 64 neurons. */
  private static Multiplier lanes(Product product, double[] a, double[] b) {
    LaneKernels<float[]> lanes = Simd.lanes32();
    Kernels<float[]> kernels = Simd.float32();
    int samples = product.rows();
    int rows = (samples + 7) / 8 * 8;
    int stride = kernels.pad(samples);
    int blocks = (product.columns() + LaneKernels.BLOCK - 1) / LaneKernels.BLOCK;
    float[] k = new float[rows * stride];
    float[] s = new float[blocks * rows * LaneKernels.BLOCK];
    float[] z = new float[s.length];
    for (int i = 0; i < samples; i++) {
      kernels.load(a, i * samples, k, i * stride, samples);
      for (int r = 0; r < product.columns(); r++) {
        s[at(rows, i, r)] = (float) b[i * product.columns() + r];
      }
    }
    return new Multiplier() {
      @Override
      public void multiply() {
        for (int block = 0; block < blocks; block++) {
          int offset = block * rows * LaneKernels.BLOCK;
          lanes.multiplyAdd(samples, samples, k, stride, s, offset, z, offset);
        }
      }

      @Override
      public double entry(int row, int column) {
        return z[at(rows, row, column)];
      }
    };
  }

  private static int at(int rows, int sample, int neuron) {
    int block = neuron / LaneKernels.BLOCK;
    return (block * rows + sample) * LaneKernels.BLOCK + neuron % LaneKernels.BLOCK;
  }
}
