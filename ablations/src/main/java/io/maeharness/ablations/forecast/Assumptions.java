package io.maeharness.ablations.forecast;

/**
 * What a forecast takes for granted beside the data of a card: shares of its rates that this code is thought to reach, and
 * how long the processor takes. Estimates made before anything was compared with them; none is fitted.
 *
 * @param arithmeticShare part of the rate of products, in (0, 1]
 * @param memoryShare part of the memory's bandwidth, and of a link's
 * @param launchSeconds to start a kernel, with interpreter and autograd
 * @param decodeSeconds a core takes to decode a picture of a file, of about 500 x 375 pixels
 * @param viewSeconds a core takes to crop, resize, augment and write a pixel of a view; the card standardises it
 * @param hostFlops FLOP/s of a core in ONNX Runtime
 * @param valueSeconds the thread of a training takes to draw or compare a number
 */
public record Assumptions(
        double arithmeticShare,
        double memoryShare,
        double launchSeconds,
        double decodeSeconds,
        double viewSeconds,
        double hostFlops,
        double valueSeconds) {
    /** Side of the view whose time is stated, pixels. */
    public static final int STATED_VIEW = 224;

    /** How many times what these assumptions give the quickest of the published runs took that the model was held against. */
    public static final double PUBLISHED_LEAST = 1.1;

    /** The same of the slowest. */
    public static final double PUBLISHED_MOST = 3.4;

    /** The assumptions of every forecast. Source: docs/decisions/0026-forecast.md. */
    public static final Assumptions STANDARD =
            new Assumptions(0.6, 0.75, 6.5e-6, 2.2e-3, 2.3e-3 / (STATED_VIEW * STATED_VIEW), 50e9, 5e-9);
}
