package io.maeharness.reporting;

import java.util.Objects;

/**
 * A line of the report's header.
 *
 * @param key what it tells, for example {@code model}
 * @param value the text, for example {@code ViT, 192-d x 6 blocks, patch 4}
 */
public record Fact(String key, String value) {
    public Fact {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
    }
}
