package io.maeharness.reporting;

import java.util.regex.Pattern;

/**
 * A picture of the report, as listed in {@code pictures.json}.
 *
 * @param title short title, for example {@code Test images, mask ratio 75 %}
 * @param file name of a PNG or JPEG beside {@code pictures.json}
 * @param caption what is to be seen, in one or more sentences; also the text alternative
 */
public record PictureEntry(String title, String file, String caption) {

    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*\\.(png|jpg|jpeg)");

    public PictureEntry {
        if (title == null || title.isBlank() || caption == null || caption.isBlank()) {
            throw new IllegalArgumentException(
                    "a picture needs a title and a caption, got '" + title + "' and '" + caption + "' for " + file);
        }
        if (file == null || !FILE.matcher(file).matches()) {
            throw new IllegalArgumentException(
                    "a picture is a png or jpg file in the directory of pictures.json, got '" + file + "'");
        }
    }
}
