package io.maeharness.interop.onnx;

import io.maeharness.core.augment.EvaluationTransform;
import io.maeharness.core.data.Batch;
import io.maeharness.core.data.BatchLoader;
import io.maeharness.core.data.ImageDataset;
import io.maeharness.core.data.ViewLoader;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.train.Accuracy;
import io.maeharness.files.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Accuracy of an ONNX file on the evaluation images of a data set, prepared as after fine-tuning. PyTorch takes no part.
 *
 * @param card what the file says of itself, if the harness wrote it
 * @param imageSize side of the images, pixels
 * @param channels channels of the images
 * @param classes number of classes
 * @param images number of images
 * @param top1 percent whose class scores highest
 * @param top5 percent whose class is among the five highest; empty where there are no more than five classes
 * @param pixels how images were standardised
 * @param provider what computed, as ONNX Runtime's profile has it
 * @param seconds time for loading and computing all images
 */
public record OnnxEvaluation(
        Optional<ModelCard> card,
        int imageSize,
        int channels,
        int classes,
        int images,
        double top1,
        Optional<Double> top5,
        PixelChoice pixels,
        String provider,
        double seconds) {
    private static final int BATCH = 64;
    private static final int FIVE = 5;

    /** Hears how far an evaluation is. */
    public interface Progress {
        /**
         * Some more images are classified.
         *
         * @param done how many are
         * @param all how many there are
         */
        void classified(int done, int all);
    }

    /**
     * Evaluates a file.
     *
     * @param data its {@code held} images are classified
     * @param imageSize side of the images where the file leaves it open
     * @param given mean and deviation that the user gives
     * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}
     * @param progress told after each batch
     * @throws HarnessException of kind CHECKPOINT for a file that is no model, or none for these images; of kind DEVICE
     *     for a GPU that ONNX Runtime cannot use
     */
    public static OnnxEvaluation of(
            Path file, StageData data, int imageSize, PixelChoice.Given given, String device, Progress progress) {
        ExecutionProvider provider = ExecutionProvider.of(device);
        try (TemporaryFolder profiles = temporaryFolder()) {
            Path profile = profiles.path().resolve("profile");
            ExecutionProvider.Opened opened =
                    provider.open(file, options -> options.enableProfiling(profile.toString()));
            try (OnnxModel model = opened.model()) {
                return run(opened, ClassifierFit.of(file, model, data, imageSize, given), data.held(), progress);
            }
        }
    }

    private static OnnxEvaluation run(
            ExecutionProvider.Opened opened, ClassifierFit fit, ImageDataset images, Progress progress) {
        OnnxModel model = opened.model();
        long begun = System.nanoTime();
        int batch = fit.batch() > 0 ? fit.batch() : BATCH;
        long[] shape = {batch, fit.channels(), fit.imageSize(), fit.imageSize()};
        Accuracy accuracy = new Accuracy("the model " + opened.model().file(), images.name());
        Optional<ProvidersUsed> used = Optional.empty();
        try (BatchLoader loader = new BatchLoader(
                images,
                new EvaluationTransform(),
                fit.pixels().statistics(),
                fit.imageSize(),
                new StageRandom(0),
                ViewLoader.threads(images, opened.onGpu()))) {
            for (int from = 0; from < images.size(); from += batch) {
                int to = Math.min(images.size(), from + batch);
                Batch loaded = loader.load(0, IntStream.range(from, to).toArray());
                if (to < images.size()) {
                    loader.prepare(
                            0,
                            IntStream.range(to, Math.min(images.size(), to + batch))
                                    .toArray());
                }
                accuracy.add(logits(model, fit, shape, loaded), loaded.labels(), to - from, fit.classes());
                progress.classified(to, images.size());
                used = used.isPresent() ? used : Optional.of(ProvidersUsed.of(model));
            }
        }
        return new OnnxEvaluation(
                model.card(),
                fit.imageSize(),
                fit.channels(),
                fit.classes(),
                images.size(),
                accuracy.top1(),
                fit.classes() > FIVE ? Optional.of(accuracy.top5()) : Optional.empty(),
                fit.pixels(),
                used.map(ProvidersUsed::toString).orElse("none")
                        + opened.notice().map(notice -> "; " + notice).orElse(""),
                (System.nanoTime() - begun) / 1e9);
    }

    /** A last batch that is not full goes through as it is, or filled up where the file fixes the batch. */
    private static float[] logits(OnnxModel model, ClassifierFit fit, long[] full, Batch loaded) {
        long[] shape = full.clone();
        shape[0] = fit.batch() > 0 ? fit.batch() : loaded.count();
        int values = (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
        float[] images = loaded.images().length >= values ? loaded.images() : Arrays.copyOf(loaded.images(), values);
        return model.run(images, shape, fit.output());
    }

    private static TemporaryFolder temporaryFolder() {
        try {
            return TemporaryFolder.create("mae-evaluate");
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.DISK, "no temporary directory can be made: " + e.getMessage(), e);
        }
    }
}
