/** A time instead of a number of seeds: it is spent on the blocks of seeds that are likely to decide most claims. */
package io.maeharness.workbench.budget;
