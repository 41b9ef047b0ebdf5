/**
 * Result records, their CSV store, provenance, loss curves, statistics, the accuracy check and the layout of the
 * paper's tables.
 *
 * <p>Depends on neither the engine nor the other modules. Two families of values never mix: {@link
 * io.maeharness.results.MeasuredValue} is what this harness measured, {@link io.maeharness.results.PrintedValue} what
 * the paper prints. Accuracies are percent in 0-100, durations seconds or hours as the metric's {@link
 * io.maeharness.results.Unit} says.
 */
package io.maeharness.results;
