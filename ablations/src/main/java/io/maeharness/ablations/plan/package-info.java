/**
 * From a profile and a selection of tables to the list of stages that measure them, each once, in the order in which
 * they are best run.
 */
package io.maeharness.ablations.plan;
