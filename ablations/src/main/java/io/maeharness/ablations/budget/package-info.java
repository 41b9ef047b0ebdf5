/** Spends a budget of time on the seeds that are likely to decide most claims. */
package io.maeharness.ablations.budget;
