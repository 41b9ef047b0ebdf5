package io.maeharness.core.data;

import io.maeharness.core.discovery.Named;

/** The pictures that accuracies are measured on. */
public enum Split implements Named {
    /** The data set's own test pictures. */
    TEST("test"),
    /** The held-out part of the training pictures, for every choice that is made by looking at a number. */
    VALIDATION("validation");

    private final String key;

    Split(String key) {
        this.key = key;
    }

    @Override
    public String key() {
        return key;
    }
}
