package dev.shallot.picture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Pictures as the content of files. */
public final class Pictures {
  private Pictures() {}

  /** An SVG document, the same text on every machine. */
  public static String svg(Picture picture, Palette palette) {
    SvgCanvas canvas = new SvgCanvas(picture, palette);
    picture.draw(canvas, palette);
    return canvas.end();
  }

  /** The bytes of a PNG file; letters are those of this machine's fonts. */
  public static byte[] png(Picture picture, Palette palette) {
    PngCanvas canvas = new PngCanvas(picture, palette);
    picture.draw(canvas, palette);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.setUseCache(false);
      ImageIO.write(canvas.end(), "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
