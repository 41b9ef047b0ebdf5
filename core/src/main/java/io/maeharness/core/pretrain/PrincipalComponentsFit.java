package io.maeharness.core.pretrain;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.augment.EvaluationTransform;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.data.Batch;
import io.maeharness.core.data.BatchLoader;
import io.maeharness.core.engine.HostCopy;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import io.maeharness.core.model.Patchify;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.StageData;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Fits the PCA target of table 1d on random patches of training images. */
final class PrincipalComponentsFit {
    private static final int IMAGES = 4_096;
    private static final int PATCHES_OF_AN_IMAGE = 8;

    private PrincipalComponentsFit() {}

    /**
     * Fits components.
     *
     * @param components how many of the P*P*C
     * @return [1 + components, P*P*C]: the mean patch, then the components as unit vectors
     */
    static float[] fit(NDManager manager, ModelSettings model, StageData data, int components, long seed) {
        StageRandom random = new StageRandom(seed);
        int values = model.patchValues(data.train().channels());
        int count = Math.min(IMAGES, data.train().size());
        int[] chosen = random.permutation(Purpose.PCA, 0, data.train().size());
        float[] patches = new float[count * PATCHES_OF_AN_IMAGE * values];
        try (BatchLoader loader = new BatchLoader(
                data.train(), new EvaluationTransform(), data.statistics(), model.imageSize(), random, 0)) {
            for (int i = 0; i < count; i++) {
                Batch image = loader.load(0, new int[] {chosen[i]});
                RandomGenerator draws = random.at(Purpose.PCA, 1, i);
                for (int k = 0; k < PATCHES_OF_AN_IMAGE; k++) {
                    int patch = draws.nextInt(model.numPatches());
                    int at = (i * PATCHES_OF_AN_IMAGE + k) * values;
                    Patchify.copyPatch(image.images(), model, data.train().channels(), patch, patches, at);
                }
            }
        }
        try (NDManager scope = manager.newSubManager();
                Script script =
                        Script.load(scope, "pca.py", "Pca", Map.of("training", false, "components", components))) {
            return HostCopy.floats(script.call(
                            "fit",
                            new ScriptArguments()
                                    .add(scope.create(patches, new Shape((long) count * PATCHES_OF_AN_IMAGE, values))))
                    .singletonOrThrow());
        }
    }
}
