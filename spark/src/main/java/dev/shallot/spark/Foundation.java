package dev.shallot.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ContextCleaner;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.ShuffledRDD;

/**
 * What the parts of a network would be made again from if they were lost: files in the run's
 * folder, and the shuffles of the rounds since. What is older than those files is of no use any
 * more; Spark would keep it until the driver collects garbage, which may be never, so it goes here.
 */
final class Foundation {
  private final JavaSparkContext spark;
  private final List<Integer> shuffles = new ArrayList<>();
  private Optional<String> files = Optional.empty();

  Foundation(JavaSparkContext spark) {
    this.spark = spark;
  }

  /** The next state needs this shuffle. */
  void needs(ShuffledRDD<?, ?, ?> shuffled) {
    if (shuffled.dependencies().head() instanceof ShuffleDependency<?, ?, ?> shuffle) {
      shuffles.add(shuffle.shuffleId());
    }
  }

  /** The state is in these files now, and needs nothing from before. */
  void is(String folder) {
    if (spark.sc().cleaner().isDefined()) {
      ContextCleaner cleaner = spark.sc().cleaner().get();
      shuffles.forEach(shuffle -> cleaner.doCleanupShuffle(shuffle, false));
    }
    shuffles.clear();
    files.ifPresent(older -> Folders.delete(spark.hadoopConfiguration(), older));
    files = Optional.of(folder);
  }
}
