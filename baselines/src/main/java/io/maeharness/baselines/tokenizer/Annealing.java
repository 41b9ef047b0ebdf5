package io.maeharness.baselines.tokenizer;

/**
 * What changes in the course of a tokenizer's training beside the learning rate. Source: Ramesh et al., arXiv 2102.12092,
 * section A.2: the temperature falls on half a cosine, the weight of the divergence grows.
 *
 * @param recipe its temperatures and its weight
 * @param steps of the whole training
 */
record Annealing(TokenizerRecipe recipe, int steps) {
    /** Temperature of the relaxed choice at a step, from 0. */
    double temperature(long step) {
        double fallen = 0.5 * (1 - Math.cos(Math.PI * progress(step)));
        return recipe.gumbelStart() + (recipe.gumbelEnd() - recipe.gumbelStart()) * fallen;
    }

    /** Weight of the divergence from the uniform distribution at a step, from 0. */
    double divergenceWeight(long step) {
        return recipe.klWeight() * progress(step);
    }

    /** Position of a step, 0 at the first and 1 at the last. */
    private double progress(long step) {
        return steps <= 1 ? 1 : Math.min(1, (double) step / (steps - 1));
    }
}
