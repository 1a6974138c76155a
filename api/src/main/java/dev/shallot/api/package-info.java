/**
 * The Java API: train on a file or on arrays, predict, evaluate, save, load, export.
 *
 * <pre>{@code
 * TrainedModel model = Shallot.train(Path.of("houses.csv"), "price");
 * double price = model.predict(120.0, 3.0, 1987.0);
 * model.save(Path.of("price.shallot"));
 * }</pre>
 *
 * <p>{@link dev.shallot.api.Shallot} is where to start; {@link dev.shallot.api.Plan} says how to
 * train. These classes are the stable part of the project: within a major version nothing that is
 * public here goes away or changes its meaning. Everything is immutable and safe to share between
 * threads, and every error is a {@link dev.shallot.api.ShallotException}.
 *
 * <p>The JVM needs {@code --add-modules=jdk.incubator.vector} to be fast; without it a scalar path
 * computes the same numbers.
 */
package dev.shallot.api;
