package io.maeharness.interop.onnx;

import io.maeharness.core.data.ImageDataset;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.stage.StageData;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How images of a data set go into a classifier.
 *
 * @param output name of the logits
 * @param classes number of logits
 * @param channels channels of an image
 * @param imageSize side of an image, pixels
 * @param batch images the file takes at once; 0 where it leaves that open
 * @param pixels how they are standardised
 */
record ClassifierFit(String output, int classes, int channels, int imageSize, int batch, PixelChoice pixels) {
    private static final int MOST_PIXELS = 1 << 13;
    private static final long MOST_VALUES = 1L << 28;
    private static final String OTHER_DATA = "; name its data set with --data or --profile";

    /**
     * Holds a model's signature and properties against a data set.
     *
     * @param imageSize side that is used where the file leaves it open
     * @param given mean and deviation that the user gives
     * @throws HarnessException of kind CHECKPOINT with both sizes, or classes, when they do not fit
     */
    static ClassifierFit of(Path file, OnnxModel model, StageData data, int imageSize, PixelChoice.Given given) {
        ImageDataset images = data.held();
        if (images.size() == 0) {
            throw HarnessException.data(images.name()
                    + " has no images, so no accuracy can be measured; name another data set with --data");
        }
        long[] shape = model.inputShape();
        String output = logits(file, model);
        long classes = model.outputs().get(output)[1];
        check(
                shape[1] < 0 || shape[1] == images.channels(),
                file,
                "it takes images of " + shape[1] + " channels, those of " + images.name() + " have " + images.channels()
                        + OTHER_DATA);
        check(
                shape[2] == shape[3],
                file,
                "its images are " + shape[2] + " x " + shape[3] + " pixels, expected squares");
        check(
                classes < 0 || classes == images.numClasses(),
                file,
                "it tells " + classes + " classes apart, " + images.name() + " has " + images.numClasses()
                        + OTHER_DATA);
        int side = shape[2] < 0 ? imageSize : (int) Math.min(shape[2], Integer.MAX_VALUE);
        long batch = Math.max(1, shape[0]);
        check(
                side > 0 && side <= MOST_PIXELS && batch <= MOST_VALUES / ((long) side * side * images.channels()),
                file,
                "its batch is of " + batch + " images of " + shape[2] + " x " + shape[3]
                        + " pixels, which is more than is computed at once");
        model.card().ifPresent(card -> checkCard(file, card, shape, images));
        return new ClassifierFit(
                output,
                images.numClasses(),
                images.channels(),
                side,
                (int) Math.max(0, shape[0]),
                PixelChoice.of(file, model.card(), given, data.statistics()).withPreparation(file, model.card(), side));
    }

    private static String logits(Path file, OnnxModel model) {
        List<String> matrices = model.outputs().entrySet().stream()
                .filter(output -> output.getValue().length == 2)
                .map(Map.Entry::getKey)
                .toList();
        if (matrices.contains(VitHead.LOGITS)) {
            return VitHead.LOGITS;
        }
        check(
                matrices.size() == 1 && model.card().isEmpty(),
                file,
                "its outputs are " + model.outputs().keySet()
                        + " and no logits [N, classes]; export the fine-tuned or probed model, for example ./mae export"
                        + " context/mae:finetune");
        return matrices.get(0);
    }

    private static void checkCard(Path file, ModelCard card, long[] shape, ImageDataset images) {
        check(
                shape[2] < 0 || shape[2] == card.model().imageSize(),
                file,
                "its input is " + shape[2] + " pixels wide, its properties say "
                        + card.model().imageSize());
        check(
                card.statistics().channels() == images.channels(),
                file,
                "its properties hold means of " + card.statistics().channels() + " channels, the images have "
                        + images.channels());
        check(
                card.classNames().equals(images.classNames()),
                file,
                "its classes are " + some(card.classNames()) + " (" + card.dataset() + "), those of " + images.name()
                        + " are " + some(images.classNames()) + OTHER_DATA);
    }

    private static String some(List<String> names) {
        int shown = Math.min(3, names.size());
        return String.join(", ", names.subList(0, shown)) + (shown < names.size() ? ", ..." : "");
    }

    private static void check(boolean fits, Path file, String problem) {
        if (!fits) {
            throw new HarnessException(
                    HarnessException.Kind.CHECKPOINT, "the model " + file + " cannot be evaluated: " + problem);
        }
    }
}
