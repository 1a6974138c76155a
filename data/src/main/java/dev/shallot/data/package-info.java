/**
 * Tables in, arrays out: reading CSV, Parquet and NPZ, choosing columns and rows, missing cells,
 * scaling with its inverse, the split, built-in synthetic sets. {@link
 * dev.shallot.data.PreparedData#prepare} is the place to start.
 */
package dev.shallot.data;
