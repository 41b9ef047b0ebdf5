package io.maeharness.reporting.plots;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;

/**
 * Colours of a plot on a light or a dark page.
 *
 * <p>Source of the palette: Okabe and Ito, Color Universal Design (2008); of the ramp: viridis, without the ends that
 * vanish in the background.
 *
 * @param background background
 * @param text titles, labels and the ring around the default
 * @param grid grid lines and ticks
 * @param inks colours of named inks in their order
 * @param ramp colours of the ramp from 0 to 1, at equal distances
 */
record PlotTheme(Color background, Color text, Color grid, List<Color> inks, List<Color> ramp) {

    static final PlotTheme LIGHT = new PlotTheme(
            Color.WHITE,
            new Color(0x22262b),
            new Color(0xdfe2e6),
            colours(0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0x8a6d00, 0x56b4e9, 0x444444),
            colours(0x440154, 0x414487, 0x2a788e, 0x22a884, 0x7ad151));

    static final PlotTheme DARK = new PlotTheme(
            new Color(0x15181c),
            new Color(0xe4e7ea),
            new Color(0x363c44),
            colours(0x56b4e9, 0xf0883e, 0x2fc79a, 0xdd95bd, 0xe6c84a, 0x9fb4ff, 0xbbbbbb),
            colours(0x7b6fd0, 0x4f8fc4, 0x2aa3a3, 0x4fc983, 0xdfe04a));

    Color colour(Plot.Ink ink) {
        if (ink instanceof Plot.Ink.Ramp place) {
            double position = place.place() * (ramp.size() - 1);
            int below = (int) Math.min(Math.floor(position), ramp.size() - 2.0);
            return mix(ramp.get(below), ramp.get(below + 1), position - below);
        }
        return inks.get(((Plot.Ink.Named) ink).index() % inks.size());
    }

    private static Color mix(Color from, Color to, double share) {
        return new Color(
                mix(from.getRed(), to.getRed(), share),
                mix(from.getGreen(), to.getGreen(), share),
                mix(from.getBlue(), to.getBlue(), share));
    }

    private static int mix(int from, int to, double share) {
        return (int) Math.round(from + (to - from) * share);
    }

    private static List<Color> colours(int... values) {
        return Arrays.stream(values).mapToObj(Color::new).toList();
    }
}
