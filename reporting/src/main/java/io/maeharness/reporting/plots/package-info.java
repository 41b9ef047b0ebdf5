/**
 * Plots of tables and loss curves, as SVG (light and dark) and PNG.
 *
 * <p>A plot is first described as data ({@link io.maeharness.reporting.plots.Plot}); drawing happens only when that data
 * has changed since the file was written.
 */
package io.maeharness.reporting.plots;
