package io.maeharness.core.stage;

/**
 * What the encoders of different methods differ in, beside their size.
 *
 * @param positions how a patch knows where it is
 * @param layerScale whether each residual branch has a learned factor for every channel
 */
public record EncoderForm(Positions positions, boolean layerScale) {
    /** The masked autoencoder's, MoCo v3's and the scratch model's: fixed sine-cosine positions. */
    public static final EncoderForm PLAIN = new EncoderForm(Positions.FIXED, false);

    /** DINO's: learned positions. */
    public static final EncoderForm LEARNED_POSITIONS = new EncoderForm(Positions.LEARNED, false);

    /** BEiT's: relative position bias, shared by all blocks, and layer scale. */
    public static final EncoderForm RELATIVE_POSITIONS = new EncoderForm(Positions.RELATIVE, true);

    /** How a patch knows where it is. */
    public enum Positions {
        /** A fixed table of sines and cosines, added to the patches. */
        FIXED,
        /** A trained table, added to the patches. */
        LEARNED,
        /** A trained bias of the attention scores for every offset of two patches and every head. */
        RELATIVE
    }

    /** Whether attention scores get a relative position bias. */
    public boolean relative() {
        return positions == Positions.RELATIVE;
    }
}
