/**
 * Runs the stages of published values again, from their provenance records alone, and compares what comes out: {@code
 * PublishedCells} finds what can be replayed, a plan of its stages is run like any other, {@code Replay} compares.
 */
package io.maeharness.ablations.replay;
