package dev.shallot.picture;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Composite;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/** Paints pixels, twice as many a side as the picture's units, for slides and for print. */
final class PngCanvas implements Canvas {
  private static final int SCALE = 2;

  private final BufferedImage image;
  private final Graphics2D graphics;

  PngCanvas(Picture picture, Palette palette) {
    image =
        new BufferedImage(
            (int) Math.ceil(SCALE * picture.width()),
            (int) Math.ceil(SCALE * picture.height()),
            BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.scale(SCALE, SCALE);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    rectangle(0, 0, picture.width(), picture.height(), palette.back(), "");
  }

  BufferedImage end() {
    graphics.dispose();
    return image;
  }

  @Override
  public void rectangle(double x, double y, double width, double height, String fill, String tip) {
    graphics.setColor(Color.decode(fill));
    graphics.fill(new Rectangle2D.Double(x, y, width, height));
  }

  @Override
  public void line(double[] x, double[] y, Pen pen) {
    Path2D path = new Path2D.Double();
    boolean drawing = false;
    for (int i = 0; i < x.length; i++) {
      boolean finite = Double.isFinite(x[i]) && Double.isFinite(y[i]);
      if (finite && drawing) {
        path.lineTo(x[i], y[i]);
      } else if (finite) {
        path.moveTo(x[i], y[i]);
      }
      drawing = finite;
    }
    stroke(pen);
    graphics.draw(path);
  }

  private void stroke(Pen pen) {
    graphics.setColor(Color.decode(pen.color()));
    if (pen.dash().isEmpty()) {
      graphics.setStroke(
          new BasicStroke((float) pen.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
      return;
    }
    String[] words = pen.dash().split(" ", -1);
    float[] dash = new float[words.length];
    for (int i = 0; i < words.length; i++) {
      dash[i] = Float.parseFloat(words[i]);
    }
    graphics.setStroke(
        new BasicStroke(
            (float) pen.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, dash, 0f));
  }

  @Override
  public void area(double[] x, double[] y, String fill, double opacity) {
    if (x.length == 0) {
      return;
    }
    Path2D path = new Path2D.Double();
    path.moveTo(x[0], y[0]);
    for (int i = 1; i < x.length; i++) {
      path.lineTo(x[i], y[i]);
    }
    path.closePath();
    Composite before = graphics.getComposite();
    graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) opacity));
    graphics.setColor(Color.decode(fill));
    graphics.fill(path);
    graphics.setComposite(before);
  }

  @Override
  public void text(double x, double y, String text, Lettering type) {
    Font font = font(type, text);
    double width = font.getStringBounds(text, graphics.getFontRenderContext()).getWidth();
    double back =
        switch (type.anchor()) {
          case START -> 0;
          case MIDDLE -> -width / 2;
          case END -> -width;
        };
    AffineTransform before = graphics.getTransform();
    graphics.translate(x, y);
    graphics.rotate(Math.toRadians(type.angle()));
    graphics.setFont(font);
    graphics.setColor(Color.decode(type.color()));
    graphics.drawString(text, (float) back, 0f);
    graphics.setTransform(before);
  }

  /** The system's sans-serif, or one that has the text's symbols. */
  private static Font font(Lettering type, String text) {
    int style = type.bold() ? Font.BOLD : Font.PLAIN;
    Font plain = new Font(Font.SANS_SERIF, style, 1).deriveFont((float) type.size());
    if (plain.canDisplayUpTo(text) < 0) {
      return plain;
    }
    return Arrays.stream(new String[] {"DejaVu Sans", "Liberation Sans", Font.DIALOG})
        .map(name -> new Font(name, style, 1).deriveFont((float) type.size()))
        .filter(font -> font.canDisplayUpTo(text) < 0)
        .findFirst()
        .orElse(plain);
  }

  @Override
  public void mark(double x, double y, Mark mark, String color, String tip) {
    graphics.setColor(Color.decode(color));
    switch (mark) {
      case CIRCLE -> graphics.fill(new Ellipse2D.Double(x - 3.6, y - 3.6, 7.2, 7.2));
      case SQUARE -> graphics.fill(new Rectangle2D.Double(x - 3.3, y - 3.3, 6.6, 6.6));
      case RING -> {
        graphics.setStroke(new BasicStroke(1.8f));
        graphics.draw(new Ellipse2D.Double(x - 3.4, y - 3.4, 6.8, 6.8));
      }
      case CROSS -> {
        line(x - 3.5, y - 3.5, x + 3.5, y + 3.5, Pen.solid(color, 2));
        line(x - 3.5, y + 3.5, x + 3.5, y - 3.5, Pen.solid(color, 2));
      }
      case TRIANGLE ->
          area(new double[] {x, x + 4.4, x - 4.4}, new double[] {y - 4.8, y + 3, y + 3}, color, 1);
      case DIAMOND ->
          area(
              new double[] {x, x + 4.6, x, x - 4.6},
              new double[] {y - 4.6, y, y + 4.6, y},
              color,
              1);
    }
  }
}
