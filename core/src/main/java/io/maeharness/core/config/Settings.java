package io.maeharness.core.config;

import io.maeharness.core.error.InvalidSettingException;

/**
 * Everything that determines the numbers of one case, but for its seed and the numeric precision.
 *
 * @param name the profile's name
 * @param description one line for {@code mae list}
 * @param data images
 * @param model architecture
 * @param pretrain masked pre-training
 * @param finetune fine-tuning, also of the last blocks only
 * @param scratch supervised training from random weights
 * @param probe linear probing
 * @param knn nearest neighbours
 * @param recipes of the methods that the paper compares with, each a section of its own
 * @param sizes what table 3 varies beside the method
 * @param axes this profile's values along the axes of the paper's tables
 * @param wallClock how the wall-clock table is measured
 * @param claims by what the claims of the paper are judged; no stage depends on it
 * @param seeds number of seeds that each case is measured with, unless the command line says otherwise
 * @param firstSeed the first of them; the others follow
 * @param checkpointMinutes time between two checkpoints of a stage
 */
public record Settings(
        String name,
        String description,
        DataSettings data,
        ModelSettings model,
        PretrainRecipe pretrain,
        SupervisedRecipe finetune,
        SupervisedRecipe scratch,
        ProbeRecipe probe,
        KnnRecipe knn,
        MethodRecipes recipes,
        SystemSizes sizes,
        PaperAxes axes,
        WallClock wallClock,
        Claims claims,
        int seeds,
        int firstSeed,
        double checkpointMinutes) {
    /** Checks what concerns more than one section. */
    public Settings {
        data.requirePictures();
        Check.between("seeds", seeds, 1, 100);
        Check.between("firstSeed", firstSeed, 0, 1 << 30);
        Check.positive("checkpointMinutes", checkpointMinutes);
        int kept = pretrain.maskRatio().lenKeep(model.numPatches());
        if (kept < 1 || kept >= model.numPatches()) {
            throw new InvalidSettingException("pretrain.maskRatio " + pretrain.maskRatio() + " keeps " + kept + " of "
                    + model.numPatches() + " patches; choose a ratio that keeps at least one and removes at least one");
        }
        pretrain.maskSampling().unmet(model.gridSize()).ifPresent(need -> {
            throw new InvalidSettingException("pretrain.maskSampling "
                    + pretrain.maskSampling().key() + " needs " + need
                    + "; choose another model.patchSize or model.imageSize");
        });
    }

    /** The recipe of a method that the paper compares with. */
    public <R extends MethodRecipe> R recipe(Class<R> kind) {
        return recipes.of(kind);
    }

    /**
     * By what the claims of the paper are judged; fixed before the first seed is measured.
     *
     * @param margin percentage points that two accuracies may differ by and still count as equal, above 0; the paper calls
     *     0.5 little and 1.2 worse
     * @param smallest percentage points that are an effect worth the name, above 0; where half of the paper's own effect is
     *     less, that is
     */
    public record Claims(double margin, double smallest) {
        /** Checks every field. */
        public Claims {
            Check.positive("claims.margin", margin);
            Check.positive("claims.smallest", smallest);
        }
    }

    /**
     * How the wall-clock table (table 2) is measured.
     *
     * @param paperSizes whether the paper's own ViT-L/16 and ViT-H/14 are measured; without them only the profile's model is
     * @param blocks processes that each variant is measured in, the variants in turn; 3 or more show a spread
     * @param seconds measuring time of a process at the paper's sizes, seconds; at least one round is measured, and half
     *     as long or one round is spent on warming up
     * @param ownSeconds the same at the profile's own size
     * @param batch images of a round at the paper's sizes; 0 takes as many as fit the memory, up to a limit of the device
     */
    public record WallClock(boolean paperSizes, int blocks, double seconds, double ownSeconds, int batch) {
        /** Checks every field. */
        public WallClock {
            Check.between("wallClock.blocks", blocks, 1, 1000);
            Check.positive("wallClock.seconds", seconds);
            Check.positive("wallClock.ownSeconds", ownSeconds);
            Check.between("wallClock.batch", batch, 0, 1 << 20);
        }
    }
}
