/**
 * Estimators and models for Spark ML pipelines: {@link dev.shallot.spark.ml.MaskedNetworkRegressor}
 * and {@link dev.shallot.spark.ml.MaskedNetworkClassifier}.
 *
 * <p>Training happens in the driver's process, by this library's own engines: {@code fit} collects
 * the features, labels and weights of all rows there as float64. Prediction is spread over the
 * executors.
 */
package dev.shallot.spark.ml;
