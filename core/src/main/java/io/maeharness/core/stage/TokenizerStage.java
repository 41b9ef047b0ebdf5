package io.maeharness.core.stage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.TokenizerRecipe;
import java.util.List;
import java.util.Optional;

/** A stage that leaves a discrete tokenizer behind: one or more words of a vocabulary for every patch of an image. */
public sealed interface TokenizerStage extends Stage permits TokenizerStage.Trained, TokenizerStage.Supplied {
    /** Number of different words. */
    int vocabulary();

    /** Words of one patch. */
    @JsonIgnore
    default int wordsPerPatch() {
        return 1;
    }

    /** What the tokenizer was trained on, for the column "pre-train data". */
    @JsonIgnore
    String trainedOn();

    /**
     * A discrete VAE trained on the same images; yields {@code loss} and, on held images, {@code reconstruction} (mean
     * squared error of a standardised pixel), {@code divergence} from the uniform distribution of words (nats),
     * {@code usage} (percent of the words that occur) and their {@code perplexity}. Source: Ramesh et al., arXiv
     * 2102.12092.
     *
     * @param model its image and patch size are used
     */
    record Trained(
            int version, DataIdentity data, ModelSettings model, TokenizerRecipe recipe, long seed, Precision precision)
            implements TokenizerStage {
        @Override
        public String kind() {
            return "tokenizer";
        }

        @Override
        public int vocabulary() {
            return recipe.vocabulary();
        }

        @Override
        public int wordsPerPatch() {
            return recipe.wordsPerPatch();
        }

        @Override
        public String trainedOn() {
            return data.settings().dataset();
        }

        @Override
        public List<String> metrics() {
            return List.of("loss", "reconstruction", "divergence", "usage", "perplexity");
        }
    }

    /**
     * A tokenizer that the user supplies as an ONNX model, one word a patch; yields {@code usage} (percent of the words
     * that occur in held images) and their {@code perplexity}.
     *
     * @param digest SHA-256 of the file, hexadecimal
     * @param vocabulary words it knows
     * @param inputSize side of the square picture it takes, pixels
     * @param pixelMapping how pixels are mapped before it: {@code dall-e}, {@code unit} or {@code standardised}
     * @param dataset what it was trained on, where that is known
     */
    record Supplied(
            int version,
            DataIdentity data,
            ModelSettings model,
            String digest,
            int vocabulary,
            int inputSize,
            String pixelMapping,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> dataset,
            long seed,
            Precision precision)
            implements TokenizerStage {
        @Override
        public String kind() {
            return "supplied-tokenizer";
        }

        @Override
        public String trainedOn() {
            return dataset.orElse("unknown data") + ", supplied model " + digest.substring(0, 8);
        }

        @Override
        public List<String> metrics() {
            return List.of("usage", "perplexity");
        }
    }
}
