package io.maeharness.core.config;

import io.maeharness.core.discovery.Named;

/** What a head on frozen features reads of the encoder. */
public enum Pooling implements Named {
    /** The class token. */
    CLS("cls"),
    /** The mean of the patch tokens. */
    GAP("gap");

    private final String key;

    Pooling(String key) {
        this.key = key;
    }

    @Override
    public String key() {
        return key;
    }
}
