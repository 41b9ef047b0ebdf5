package io.maeharness.results.claims;

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
