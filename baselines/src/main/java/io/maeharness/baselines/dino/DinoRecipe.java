package io.maeharness.baselines.dino;

import io.maeharness.core.augment.ColourDistortion;
import io.maeharness.core.augment.ContrastiveView;
import io.maeharness.core.augment.CropScale;
import io.maeharness.core.config.AdamSettings;
import io.maeharness.core.config.Check;
import io.maeharness.core.config.MethodRecipe;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.data.ViewLoader;
import io.maeharness.core.discovery.Named;
import io.maeharness.core.model.SinCosPositions;
import io.maeharness.core.model.Weights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Self-distillation without labels. Source: Caron et al., arXiv 2104.14294.
 *
 * @param schedule length and learning rate
 * @param adam optimiser; its weight decay is the first of a cosine
 * @param weightDecayEnd weight decay at the end of the cosine
 * @param clip largest norm of the gradient of one parameter; 0 for none
 * @param startPositions what the learned positions begin with: drawn normally, as published, or, for a run too short to
 *     learn where a patch is, the fixed table
 * @param dropPath probability that the student's last block is skipped for a sample
 * @param headHidden width of the head's hidden layers
 * @param headBottleneck width before the last layer
 * @param headOutputs outputs of the head
 * @param teacherMomentum share of itself that the teacher keeps in a step, at the beginning; it rises to 1 on a cosine
 * @param studentTemperature divides the student's outputs
 * @param teacherTemperatureStart divides the teacher's outputs in the beginning
 * @param teacherTemperature divides the teacher's outputs after its warm-up
 * @param teacherTemperatureWarmupEpochs linear rise from the first to the second, epochs
 * @param centring whether the mean of the teacher's outputs is subtracted
 * @param centreMomentum share of itself that the centre keeps in a step
 * @param frozenLastLayerEpochs how long the head's last layer stays as it was drawn, epochs
 * @param globalMinScale smallest area of a global crop, as a share of the picture; the largest is the whole
 * @param localCrops local crops of an image
 * @param localSize side of a local crop, pixels; a multiple of the patch size
 * @param localMinScale smallest area of a local crop
 * @param localMaxScale largest area of a local crop
 * @param jitter probability of colour jitter
 * @param jitterStrength factor of the published strengths of brightness, contrast, saturation and hue; at most 2.5
 * @param grey probability of grey
 * @param blurFirst probability of blur on the first global crop
 * @param blurSecond probability of blur on the second global crop
 * @param blurLocal probability of blur on a local crop
 * @param solarise probability of solarisation on the second global crop
 */
public record DinoRecipe(
        Schedule schedule,
        AdamSettings adam,
        double weightDecayEnd,
        double clip,
        StartPositions startPositions,
        double dropPath,
        int headHidden,
        int headBottleneck,
        int headOutputs,
        double teacherMomentum,
        double studentTemperature,
        double teacherTemperatureStart,
        double teacherTemperature,
        double teacherTemperatureWarmupEpochs,
        boolean centring,
        double centreMomentum,
        double frozenLastLayerEpochs,
        double globalMinScale,
        int localCrops,
        int localSize,
        double localMinScale,
        double localMaxScale,
        double jitter,
        double jitterStrength,
        double grey,
        double blurFirst,
        double blurSecond,
        double blurLocal,
        double solarise)
        implements MethodRecipe {
    /** Checks every field. */
    public DinoRecipe {
        Check.within("dino.weightDecayEnd", weightDecayEnd, 0, 10);
        Check.within("dino.clip", clip, 0, Double.MAX_VALUE);
        Check.within("dino.dropPath", dropPath, 0, 0.95);
        Check.between("dino.headHidden", headHidden, 1, 1 << 17);
        Check.between("dino.headBottleneck", headBottleneck, 1, 1 << 17);
        Check.between("dino.headOutputs", headOutputs, 2, 1 << 17);
        Check.within("dino.teacherMomentum", teacherMomentum, 0, 1);
        Check.positive("dino.studentTemperature", studentTemperature);
        Check.positive("dino.teacherTemperatureStart", teacherTemperatureStart);
        Check.positive("dino.teacherTemperature", teacherTemperature);
        Check.within("dino.teacherTemperatureWarmupEpochs", teacherTemperatureWarmupEpochs, 0, Double.MAX_VALUE);
        Check.within("dino.centreMomentum", centreMomentum, 0, 1);
        Check.within("dino.frozenLastLayerEpochs", frozenLastLayerEpochs, 0, Double.MAX_VALUE);
        Check.within("dino.globalMinScale", globalMinScale, 0.01, 1);
        Check.between("dino.localCrops", localCrops, 0, 64);
        Check.between("dino.localSize", localSize, 1, 8192);
        Check.within("dino.localMinScale", localMinScale, 0.01, 1);
        Check.within("dino.localMaxScale", localMaxScale, localMinScale, 1);
        Check.within("dino.jitter", jitter, 0, 1);
        Check.within("dino.jitterStrength", jitterStrength, 0, 2.5);
        Check.within("dino.grey", grey, 0, 1);
        Check.within("dino.blurFirst", blurFirst, 0, 1);
        Check.within("dino.blurSecond", blurSecond, 0, 1);
        Check.within("dino.blurLocal", blurLocal, 0, 1);
        Check.within("dino.solarise", solarise, 0, 1);
    }

    /** Checks that a local crop is made of whole patches. */
    public void checkFor(ModelSettings model) {
        if (localCrops > 0) {
            Check.divides("model.patchSize", model.patchSize(), "dino.localSize", localSize);
        }
    }

    /** What learned positions begin with. */
    public enum StartPositions implements Named {
        /** Drawn normally with deviation 0.02, as published. */
        NORMAL("normal") {
            @Override
            void set(Weights drawn, ModelSettings model) {
                // As all weights are drawn.
            }
        },
        /** The fixed positions of the masked autoencoder. */
        SINE_COSINE("sine-cosine") {
            @Override
            void set(Weights drawn, ModelSettings model) {
                drawn.get("pos_embed").set(SinCosPositions.table(model.encoderDim(), model.gridSize()));
            }
        };

        private final String key;

        StartPositions(String key) {
            this.key = key;
        }

        @Override
        public String key() {
            return key;
        }

        /** Sets the positions among weights that were drawn. */
        abstract void set(Weights drawn, ModelSettings model);
    }

    /**
     * How each view of an image is made: two global ones, then local ones; the augmentations are BYOL's. Source: section 3.1.
     *
     * @param imageSize side of a global view, pixels
     */
    List<ViewLoader.View> views(int imageSize) {
        CropScale large = new CropScale(globalMinScale, 1);
        CropScale small = new CropScale(localMinScale, localMaxScale);
        List<ViewLoader.View> views = new ArrayList<>();
        views.add(new ViewLoader.View(view(large, blurFirst, 0), imageSize));
        views.add(new ViewLoader.View(view(large, blurSecond, solarise), imageSize));
        views.addAll(Collections.nCopies(localCrops, new ViewLoader.View(view(small, blurLocal, 0), localSize)));
        return views;
    }

    private ContrastiveView view(CropScale scale, double blur, double solarised) {
        ColourDistortion colour =
                ColourDistortion.PUBLISHED.withProbability(jitter).times(jitterStrength);
        return new ContrastiveView(scale, colour, grey, blur, solarised);
    }
}
