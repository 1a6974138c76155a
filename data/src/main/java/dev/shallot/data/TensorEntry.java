package dev.shallot.data;

import java.util.List;

/**
 * What the header of a safetensors file says of one tensor.
 *
 * @param name of the tensor
 * @param type of its numbers
 * @param shape length of each axis
 * @param begin first byte, counted from the end of the header
 * @param end behind the last byte
 * @param offset where in the file the header speaks of it
 */
record TensorEntry(
    String name, TensorType type, List<Long> shape, long begin, long end, long offset) {}
