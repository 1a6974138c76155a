package dev.shallot.reproduce;

import dev.shallot.picture.Picture;

/**
 * A picture of a figure.
 *
 * @param name of its files
 * @param caption below it
 * @param picture what is drawn
 * @param csv its numbers
 */
record Plate(String name, String caption, Picture picture, String csv) {}
