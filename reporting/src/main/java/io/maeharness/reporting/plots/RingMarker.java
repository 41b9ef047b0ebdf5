package io.maeharness.reporting.plots;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import org.knowm.xchart.style.markers.Marker;

/** A ring around a point: the default row. */
final class RingMarker extends Marker {

    @Override
    public void paint(Graphics2D graphics, double x, double y, int size) {
        double radius = size * 0.95;
        graphics.setStroke(new BasicStroke(1.6f));
        graphics.draw(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }
}
