package io.maeharness.reporting.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SvgTextTest {

    @Test
    void numbersAreCutToHundredthsAndTheDoctypeGoes() {
        String svg =
                "<?xml version=\"1.0\"?><!DOCTYPE svg><svg x=\"0.001\"><path d=\"M-1.2345,7.5 L0.9999,1.5E-4\"/></svg>";
        assertEquals(
                "<!-- stamp -->\n<svg x=\"0\"><path d=\"M-1.23,7.5 L1,1.5E-4\"/></svg>",
                SvgText.tidy(svg, "<!-- stamp -->\n"));
    }
}
