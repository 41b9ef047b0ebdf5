package io.maeharness.baselines.dino;

/**
 * What changes over a training beside the learning rate. Source: Caron et al., arXiv 2104.14294, section 3.2 and its
 * published code.
 *
 * @param recipe first and last values
 * @param stepsPerEpoch optimiser steps of an epoch
 * @param totalSteps optimiser steps of the training
 */
record DinoSchedule(DinoRecipe recipe, int stepsPerEpoch, long totalSteps) {
    /** What the teacher's outputs are divided by: a new value each epoch, evenly spaced up to the last of the warm-up. */
    double teacherTemperature(long step) {
        double warmup = recipe.teacherTemperatureWarmupEpochs();
        long epoch = step / stepsPerEpoch;
        if (epoch >= warmup) {
            return recipe.teacherTemperature();
        }
        double progress = warmup <= 1 ? 0 : epoch / (warmup - 1);
        double rise = recipe.teacherTemperature() - recipe.teacherTemperatureStart();
        return recipe.teacherTemperatureStart() + rise * Math.min(1, progress);
    }

    /** Share of itself that the teacher keeps: half a cosine from the recipe's to 1. */
    double teacherMomentum(long step) {
        return cosine(recipe.teacherMomentum(), 1, step);
    }

    /** Weight decay of matrices: half a cosine from the optimiser's to the recipe's last. */
    double weightDecay(long step) {
        return cosine(recipe.adam().weightDecay(), recipe.weightDecayEnd(), step);
    }

    /** Steps during which the head's last layer stays as it was drawn. */
    long frozenSteps() {
        return (long) Math.ceil(recipe.frozenLastLayerEpochs() * stepsPerEpoch);
    }

    private double cosine(double first, double last, long step) {
        return last + 0.5 * (first - last) * (1 + Math.cos(Math.PI * step / totalSteps));
    }
}
