package io.maeharness.core.image;

/**
 * Turns the hue of every pixel, as torchvision does with Pillow's HSV pictures.
 *
 * <p>Each pixel goes to bytes of hue, saturation and value and back, so that even a shift of zero moves
 * levels a little. Source: numbers made by Pillow in {@code HueTest}.
 */
public final class Hue {

    private Hue() {}

    /**
     * Shifts the hue of the first {@code count} pixels of an HWC buffer in place; a grey picture stays as it is.
     *
     * @param shift share of the colour circle, in [-0.5, 0.5]
     */
    public static void shift(byte[] pixels, int count, int channels, double shift) {
        if (channels == 1) {
            return;
        }
        int steps = (int) (shift * 255);
        for (int i = 0; i < count * 3; i += 3) {
            shiftPixel(pixels, i, steps);
        }
    }

    private static void shiftPixel(byte[] pixels, int at, int steps) {
        int red = pixels[at] & 0xFF;
        int green = pixels[at + 1] & 0xFF;
        int blue = pixels[at + 2] & 0xFF;
        int value = Math.max(red, Math.max(green, blue));
        int range = value - Math.min(red, Math.min(green, blue));
        int saturation = range == 0 ? 0 : (int) ((float) range / value * 255.0);
        if (saturation == 0) {
            write(pixels, at, value, value, value);
            return;
        }
        int hue = (hue(red, green, blue, value, range) + steps) & 0xFF;
        toColour(pixels, at, hue, saturation, value);
    }

    /** Returns the hue as a byte; red is 0, green 85, blue 170. */
    private static int hue(int red, int green, int blue, int value, float range) {
        double fromRed = (value - red) / range; // divided as floats, as in Pillow
        double fromGreen = (value - green) / range;
        double fromBlue = (value - blue) / range;
        double sextant;
        if (red == value) {
            sextant = fromBlue - fromGreen;
        } else if (green == value) {
            sextant = 2 + fromRed - fromBlue;
        } else {
            sextant = 4 + fromGreen - fromRed;
        }
        float turn = (float) (((float) sextant / 6.0 + 1.0) % 1.0);
        return (int) (turn * 255.0);
    }

    private static void toColour(byte[] pixels, int at, int hue, int saturation, int value) {
        float sextant = (float) (hue * 6.0 / 255.0);
        int whole = (int) sextant;
        float part = sextant - whole;
        float strength = (float) (saturation / 255.0);
        int none = (int) Math.round(value * (1.0 - strength));
        int falling = (int) Math.round(value * (1.0 - strength * part));
        int rising = (int) Math.round(value * (1.0 - strength * (1.0 - part)));
        switch (whole % 6) {
            case 0 -> write(pixels, at, value, rising, none);
            case 1 -> write(pixels, at, falling, value, none);
            case 2 -> write(pixels, at, none, value, rising);
            case 3 -> write(pixels, at, none, falling, value);
            case 4 -> write(pixels, at, rising, none, value);
            default -> write(pixels, at, value, none, falling);
        }
    }

    private static void write(byte[] pixels, int at, int red, int green, int blue) {
        pixels[at] = (byte) red;
        pixels[at + 1] = (byte) green;
        pixels[at + 2] = (byte) blue;
    }
}
