/**
 * What determines a result: data, model and the recipe of each stage, as immutable records that check themselves.
 *
 * <p>A profile is a YAML file that holds one {@link io.maeharness.core.config.Settings}; an ablation case, a user's own
 * profile and {@code --set key=value} are all the same thing: a few keys laid over it.
 */
package io.maeharness.core.config;
