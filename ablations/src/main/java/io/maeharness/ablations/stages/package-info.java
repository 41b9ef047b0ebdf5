/**
 * From the settings of a case and a seed to the stages that measure it, and from a stage to a column of a table.
 */
package io.maeharness.ablations.stages;
