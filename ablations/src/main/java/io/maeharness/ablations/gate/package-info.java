/** What the gate measures: cases that see every mechanism of the harness, and the same ones in a minute. */
package io.maeharness.ablations.gate;
