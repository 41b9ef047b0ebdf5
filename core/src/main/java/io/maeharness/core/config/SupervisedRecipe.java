package io.maeharness.core.config;

/**
 * Training with labels: fine-tuning, partial fine-tuning and training from scratch.
 *
 * @param schedule length and learning rate
 * @param adam optimiser, with the weight average of training from scratch
 * @param layerDecay learning rate of a block over that of the next; 1 for none
 * @param dropPath probability that the last block is skipped for a sample; the first block's is 0, linear between
 * @param labelSmoothing share of the target spread over all classes
 * @param mixup alpha of mixup's beta distribution; 0 for none
 * @param cutmix alpha of cutmix's beta distribution; 0 for none
 * @param randAugmentMagnitude strength of RandAugment, 0 to 10; 0 for none
 * @param randAugmentStd standard deviation of that strength
 * @param erasing probability of random erasing
 * @param minCropScale smallest area of the random crop, as a share of the picture; 1 takes the whole picture
 */
public record SupervisedRecipe(
        Schedule schedule,
        AdamSettings adam,
        double layerDecay,
        double dropPath,
        double labelSmoothing,
        double mixup,
        double cutmix,
        double randAugmentMagnitude,
        double randAugmentStd,
        double erasing,
        double minCropScale) {
    /** Checks every field. */
    public SupervisedRecipe {
        Check.within("layerDecay", layerDecay, 0.01, 1);
        Check.within("dropPath", dropPath, 0, 0.95);
        Check.within("labelSmoothing", labelSmoothing, 0, 0.9);
        Check.within("mixup", mixup, 0, 10);
        Check.within("cutmix", cutmix, 0, 10);
        Check.within("randAugmentMagnitude", randAugmentMagnitude, 0, 10);
        Check.within("randAugmentStd", randAugmentStd, 0, 10);
        Check.within("erasing", erasing, 0, 1);
        Check.within("minCropScale", minCropScale, 0.01, 1);
    }

    /** The same recipe with all layers at the full learning rate, as where none is pre-trained. */
    public SupervisedRecipe withoutLayerDecay() {
        return new SupervisedRecipe(
                schedule,
                adam,
                1,
                dropPath,
                labelSmoothing,
                mixup,
                cutmix,
                randAugmentMagnitude,
                randAugmentStd,
                erasing,
                minCropScale);
    }
}
