package io.maeharness.core.stage;

import io.maeharness.core.config.DataSettings;

/**
 * The images of a stage, identified by content and not by where they lie.
 *
 * @param settings data set and its split
 * @param digest SHA-256 over everything that determines the images
 */
public record DataIdentity(DataSettings settings, String digest) {}
