/** What the gate measures: cases that see every mechanism of the harness, the same ones in a minute, and the speed of steps. */
package io.maeharness.ablations.gate;
