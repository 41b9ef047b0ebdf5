package io.maeharness.reporting.plots;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * Makes generated SVG half as long: hundredths of a pixel suffice, and no doctype is needed. Text is already set as
 * outlines, so the plot looks the same whatever fonts a reader has.
 */
final class SvgText {

    private static final Pattern PROLOGUE = Pattern.compile("\\A.*?(?=<svg[\\s>])", Pattern.DOTALL);
    private static final Pattern LONG_NUMBER = Pattern.compile("-?\\d+\\.\\d{3,}(?:E-?\\d+)?");

    private SvgText() {}

    /** The SVG with short numbers, and {@code stamp} before its root. */
    static String tidy(String svg, String stamp) {
        String body = PROLOGUE.matcher(svg).replaceFirst("");
        return stamp + LONG_NUMBER.matcher(body).replaceAll(number -> shorten(number.group()));
    }

    private static String shorten(String number) {
        BigDecimal rounded = new BigDecimal(number).setScale(2, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
