package io.maeharness.core.image;

/**
 * A rectangle of whole pixels inside a picture.
 *
 * @param left first column
 * @param top first row
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
public record Box(int left, int top, int width, int height) {

    /** Checks that the rectangle is not empty and starts inside. */
    public Box {
        if (left < 0 || top < 0 || width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "a box needs left and top of at least 0 and width and height of at least 1, got " + "left " + left
                            + ", top " + top + ", " + width + " x " + height);
        }
    }

    /** Returns the box that covers a whole picture. */
    public static Box whole(Picture picture) {
        return new Box(0, 0, picture.width(), picture.height());
    }

    /** Throws when this box does not lie inside the picture. */
    void checkInside(Picture picture) {
        if (left + width > picture.width() || top + height > picture.height()) {
            throw new IllegalArgumentException(this + " does not lie inside " + picture);
        }
    }
}
