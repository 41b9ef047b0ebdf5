package io.maeharness.ablations.stages;

import io.maeharness.core.config.Settings;

/**
 * A case beside the default it is compared with.
 *
 * @param changed settings of the case
 * @param base settings of the default
 * @param channels channels of a picture
 */
public record Comparison(Settings changed, Settings base, int channels) {}
