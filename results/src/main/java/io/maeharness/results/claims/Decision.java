package io.maeharness.results.claims;

/**
 * A claim with its verdict.
 *
 * @param evidence what the verdict rests on
 * @param verdict what becomes of the claim
 * @param detail what more there is to say, for example {@code reversed} or {@code 1 seed}; empty for nothing
 * @param newImages whether it would stand on new images
 */
public record Decision(Evidence evidence, Verdict verdict, String detail, NewImages newImages) {
    /** A decision of which nobody knows whether it would stand on new images. */
    public Decision(Evidence evidence, Verdict verdict, String detail) {
        this(evidence, verdict, detail, NewImages.UNKNOWN);
    }

    /** The claim as it is declared. */
    public Claim claim() {
        return evidence.claim().claim();
    }

    /** The same decision with more to say, after what is said already. */
    public Decision withDetail(String more) {
        return new Decision(evidence, verdict, detail.isEmpty() ? more : detail + "; " + more, newImages);
    }

    /** Whether a verdict, which is about the images that were tested, would stand on new images of the kind. */
    public enum NewImages {
        /** Nobody knows, or there is no verdict. */
        UNKNOWN(""),
        /** It would. */
        TOO("also for new images"),
        /** The choice of images may have made it. */
        OPEN("not for new images: more test images, not more seeds, would help");

        private final String words;

        NewImages(String words) {
            this.words = words;
        }

        /** As it is printed; empty where nothing is known. */
        public String words() {
            return words;
        }
    }
}
