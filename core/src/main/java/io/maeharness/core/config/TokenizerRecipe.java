package io.maeharness.core.config;

/**
 * A discrete VAE. Source: Ramesh et al., arXiv 2102.12092.
 *
 * @param schedule length and learning rate
 * @param adam optimiser
 * @param vocabulary number of words
 * @param hidden channels of the convolutions
 * @param gumbelStart temperature of the Gumbel-softmax in the beginning
 * @param gumbelEnd temperature at the end; annealed on a cosine
 * @param klWeight weight of the divergence from the uniform distribution of words
 * @param minCropScale smallest area of the random crop, as a share of the picture
 */
public record TokenizerRecipe(
        Schedule schedule,
        AdamSettings adam,
        int vocabulary,
        int hidden,
        double gumbelStart,
        double gumbelEnd,
        double klWeight,
        double minCropScale) {
    /** Checks every field. */
    public TokenizerRecipe {
        Check.atLeast("tokenizer.vocabulary", vocabulary, 2);
        Check.atLeast("tokenizer.hidden", hidden, 1);
        Check.positive("tokenizer.gumbelStart", gumbelStart);
        Check.positive("tokenizer.gumbelEnd", gumbelEnd);
        Check.within("tokenizer.klWeight", klWeight, 0, Double.MAX_VALUE);
        Check.within("tokenizer.minCropScale", minCropScale, 0.01, 1);
    }
}
