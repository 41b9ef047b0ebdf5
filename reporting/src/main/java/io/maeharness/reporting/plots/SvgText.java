package io.maeharness.reporting.plots;

import java.util.regex.Pattern;

/** Finishing touches on generated SVG: fonts that browsers have, a view box that lets the plot shrink, no doctype. */
final class SvgText {

    private static final Pattern PROLOGUE = Pattern.compile("\\A.*?(?=<svg[\\s>])", Pattern.DOTALL);
    private static final Pattern FONT_ATTRIBUTE = Pattern.compile("font-family=\"[^\"]*\"");
    private static final Pattern FONT_STYLE = Pattern.compile("font-family:[^;\"]*");

    private SvgText() {}

    /** The SVG with {@code fonts} in place of Java's logical font names, and {@code stamp} before its root. */
    static String tidy(String svg, String fonts, String stamp) {
        String body = PROLOGUE.matcher(svg).replaceFirst("");
        body = FONT_ATTRIBUTE.matcher(body).replaceAll("font-family=\"" + fonts + "\"");
        body = FONT_STYLE.matcher(body).replaceAll("font-family:" + fonts);
        return stamp + body;
    }
}
