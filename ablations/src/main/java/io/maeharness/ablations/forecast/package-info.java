/**
 * What a plan would take on GPUs that are not here: a catalogue of cards, a model of time with its assumptions, and the
 * stages spread over several cards. Counted, not measured.
 */
package io.maeharness.ablations.forecast;
