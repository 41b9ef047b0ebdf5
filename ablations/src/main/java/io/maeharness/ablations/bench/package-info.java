/** Speed, measured by JMH: whole optimisation steps against what the processor's matrix products can do. */
package io.maeharness.ablations.bench;
