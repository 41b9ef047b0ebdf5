package io.maeharness.results.claims;

import io.maeharness.results.statistics.Contrast;
import io.maeharness.results.statistics.TestSplitError;

/**
 * Estimates as they stand for new images of the kind: the error over seeds and that of the test split together. Where the
 * answers to single images are not known, nothing can be said.
 */
public final class NewImageContrasts implements ContrastEstimate.Source {
    private final ContrastEstimate.Source onTheseImages;
    private final TestAnswers answers;

    /** Widens the errors of a source. */
    public NewImageContrasts(ContrastEstimate.Source onTheseImages, TestAnswers answers) {
        this.onTheseImages = onTheseImages;
        this.answers = answers;
    }

    @Override
    public ContrastEstimate estimate(Claim claim, Component component) {
        ContrastEstimate here = onTheseImages.estimate(claim, component);
        return here instanceof ContrastEstimate.Estimated estimated
                ? answers.error(component)
                        .map(error -> widened(estimated, error))
                        .orElseGet(() -> new ContrastEstimate.WithoutError(
                                estimated.value(), "the answers to single images are not known"))
                : here;
    }

    private static ContrastEstimate widened(ContrastEstimate.Estimated estimated, TestSplitError error) {
        Contrast both = error.onNewImages(
                new Contrast(estimated.value(), estimated.standardError(), estimated.degreesOfFreedom()));
        return new ContrastEstimate.Estimated(both.value(), both.standardError(), both.degreesOfFreedom());
    }
}
