/**
 * Runs a plan: hands its stages to worker processes, and keeps the results up to date as they end.
 *
 * <p>The truth about a finished stage is its {@code outcome.json}, which its worker writes as the last thing. Rows and
 * provenance records are made from it, and made again at the beginning of every run, so that nothing is lost whenever a
 * run is killed.
 */
package io.maeharness.ablations.run;
