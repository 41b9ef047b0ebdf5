/**
 * Statistics of tables that are measured over seeds: variances, contrasts and the tests that decide on them.
 *
 * <p>Pure arithmetic on arrays and records: no input or output, no knowledge of claims or of the store. A table and
 * metric is a two-way layout: {@code values[i][s]} is case {@code i} in block {@code s}, where a block is a seed, and
 * NaN stands for a missing cell. Simulated error rates: {@code docs/decisions/0021-statistics.md}.
 */
package io.maeharness.results.statistics;
