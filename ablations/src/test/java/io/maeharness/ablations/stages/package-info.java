/** Tests of stages and their definitions. */
package io.maeharness.ablations.stages;
