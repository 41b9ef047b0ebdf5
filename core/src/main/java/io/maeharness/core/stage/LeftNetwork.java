package io.maeharness.core.stage;

import io.maeharness.core.config.Pooling;

/**
 * The network that a stage leaves, as a user would take it elsewhere: an encoder, with a classifier on it or without.
 *
 * @param form what the encoder's positions and residual branches are
 * @param head what stands on the encoder
 * @param pooling what a head on frozen features reads of the encoder
 */
public record LeftNetwork(EncoderForm form, Head head, Pooling pooling) {
    /** What stands on the encoder. */
    public enum Head {
        /** Nothing: its features are its output. */
        NONE,
        /** A classifier that was trained together with the encoder, on the mean of the patch tokens. */
        FINE_TUNED,
        /** A linear classifier on the frozen encoder, whose weights are those of the stage it starts from. */
        LINEAR_PROBE
    }

    /** An encoder alone. */
    public static LeftNetwork encoder(EncoderForm form) {
        return new LeftNetwork(form, Head.NONE, Pooling.GAP);
    }

    /** An encoder that was trained together with its classifier. */
    public static LeftNetwork fineTuned(EncoderForm form) {
        return new LeftNetwork(form, Head.FINE_TUNED, Pooling.GAP);
    }

    /** A linear classifier on a frozen encoder. */
    public static LeftNetwork linearProbe(EncoderForm form, Pooling pooling) {
        return new LeftNetwork(form, Head.LINEAR_PROBE, pooling);
    }
}
