/**
 * Renders results beside the paper's numbers: Markdown, LaTeX, plots and a static page.
 *
 * <p>{@link io.maeharness.reporting.TableView} joins a table's layout with the measured rows and the printed values;
 * every output is written from it. Depends on {@code results} only, never on the engine.
 */
package io.maeharness.reporting;
