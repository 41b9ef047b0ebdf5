/** Benchmarks measure what they say. */
package io.maeharness.ablations.bench;
