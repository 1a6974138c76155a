/** Training on a Spark cluster: neurons live in parts across the executors. */
package dev.shallot.spark;
