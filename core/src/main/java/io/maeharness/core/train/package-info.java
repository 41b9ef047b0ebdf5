/** Computes stages: training loops with exact resume, evaluation, pictures. */
package io.maeharness.core.train;
