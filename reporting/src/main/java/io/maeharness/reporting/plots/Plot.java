package io.maeharness.reporting.plots;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a plot shows, as data; drawing it is {@link ChartDrawer}'s. */
public sealed interface Plot {

    /** File name without extension, for example {@code table1a-lin-ours}. */
    String name();

    /** Title above the plot. */
    String title();

    /** Text alternative: what is drawn and its values. */
    String alt();

    /**
     * An interval of an axis.
     *
     * @param low lower end
     * @param high upper end, above the lower
     */
    record Range(double low, double high) {}

    /** Colour of a curve or a group of bars, resolved by the theme. */
    sealed interface Ink {
        /** One of a few colours that also the colour-blind tell apart: 0 is ours, 1 the paper's, others follow. */
        record Named(int index) implements Ink {}

        /** A place on a ramp from dark to light, 0-1, for cases along a numeric axis. */
        record Ramp(double place) implements Ink {}
    }

    /**
     * A point of a curve.
     *
     * @param x place on the axis
     * @param y value
     * @param error half of the 95 % interval, 0 where unknown
     * @param isDefault whether this is the default row, which is ringed
     */
    record Point(double x, double y, double error, boolean isDefault) {}

    /**
     * A curve.
     *
     * @param label name in the legend
     * @param ink its colour
     * @param points its points by growing x
     */
    record Curve(String label, Ink ink, List<Point> points) {
        public Curve {
            points = List.copyOf(points);
        }
    }

    /**
     * Lines over a numeric axis.
     *
     * @param name file name without extension
     * @param title title
     * @param alt text alternative
     * @param xLabel label of the horizontal axis
     * @param yLabel label of the vertical axis
     * @param curves the curves
     * @param y interval of the vertical axis; the data's own when empty
     * @param markers whether points are marked
     */
    record Lines(
            String name,
            String title,
            String alt,
            String xLabel,
            String yLabel,
            List<Curve> curves,
            Optional<Range> y,
            boolean markers)
            implements Plot {
        public Lines {
            curves = List.copyOf(curves);
        }
    }

    /**
     * A group of bars, one for each category.
     *
     * @param label name in the legend
     * @param ink its colour
     * @param values heights; empty where there is no number
     * @param errors half of the 95 % interval each, 0 where unknown
     */
    record Bars(String label, Ink ink, List<OptionalDouble> values, List<Double> errors) {
        public Bars {
            values = List.copyOf(values);
            errors = List.copyOf(errors);
            if (anyPositive(errors) && values.stream().anyMatch(OptionalDouble::isEmpty)) {
                throw new IllegalArgumentException("bars with errors need all their values, got " + values + " for "
                        + label + "; leave the categories without a value out");
            }
        }

        /** Whether any error is known. */
        public boolean hasErrors() {
            return anyPositive(errors);
        }

        private static boolean anyPositive(List<Double> errors) {
            return errors.stream().anyMatch(error -> error > 0);
        }
    }

    /**
     * Bars over named categories; the vertical axis always holds zero.
     *
     * @param name file name without extension
     * @param title title
     * @param alt text alternative
     * @param yLabel label of the vertical axis
     * @param categories names of the categories
     * @param groups one or more groups of bars
     */
    record BarGroups(String name, String title, String alt, String yLabel, List<String> categories, List<Bars> groups)
            implements Plot {
        public BarGroups {
            categories = List.copyOf(categories);
            groups = List.copyOf(groups);
        }
    }
}
