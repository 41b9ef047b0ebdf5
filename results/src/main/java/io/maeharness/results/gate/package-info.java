/** Whether results moved: what is compared with a reference, how, and how it is said. */
package io.maeharness.results.gate;
