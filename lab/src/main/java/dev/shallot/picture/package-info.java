/**
 * Static pictures for pages and papers: a {@link dev.shallot.picture.Picture} draws itself on a
 * {@link dev.shallot.picture.Canvas}, which writes SVG or paints a PNG; numbers, ticks and markup
 * as people read them.
 */
package dev.shallot.picture;
