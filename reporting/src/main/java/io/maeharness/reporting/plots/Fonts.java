package io.maeharness.reporting.plots;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.Optional;

/** Whether this machine can set text in plots: a bare server may have neither fonts nor fontconfig. */
public final class Fonts {

    private static final String WAY_OUT =
            "no plots: Java finds no fonts on this machine; install fontconfig and a font, for example fonts-dejavu-core";

    private Fonts() {}

    /** Why no plot can be drawn, with the way out; empty when plots can be drawn. */
    public static Optional<String> problem() {
        // Plots are images only; without this, some systems open an application for them.
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        try {
            Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
            return font.getStringBounds("0", new FontRenderContext(null, true, true))
                            .isEmpty()
                    ? Optional.of(WAY_OUT)
                    : Optional.empty();
        } catch (LinkageError | InternalError | RuntimeException e) {
            return Optional.of(WAY_OUT);
        }
    }
}
